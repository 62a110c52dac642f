//! Why a chart can't be loaded or its values can't be made. `Display` is Helm's sentence.

use std::fmt;

use crate::helm::Helm;
use crate::source::Span;
use crate::value::format::{Charset, quote};

/// How Helm begins where it can't find a chart's dependencies.
const UNMET: &str = "an error occurred while checking for chart dependencies. You may need to run 'helm dependency \
                     build' to fetch missing dependencies";

/// How Helm 3 does.
const UNMET_THREE: &str = "An error occurred while checking for chart dependencies. You may need to run `helm \
                           dependency build` to fetch missing dependencies";

/// What went wrong, and where in which file, if a file is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What.
    pub kind: ErrorKind,
    /// Where.
    pub span: Option<Span>,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// No `Chart.yaml` among the files.
    MissingChartYaml,
    /// An archive without a `Chart.yaml`.
    NoChartInArchive,
    /// `apiVersion: v3`, which Helm reads but doesn't install.
    InvalidApiVersion,
    /// An `apiVersion` that Helm doesn't know.
    UnsupportedApiVersion,
    /// A chart of a type that can't be installed.
    NotInstallable(String),
    /// `Chart.yaml` breaks a rule.
    Validation(String),
    /// A file of the chart isn't what it has to be.
    CannotLoad {
        /// The file's name.
        file: &'static str,
        /// What the reader said.
        cause: String,
    },
    /// A values file of the user's can't be read.
    ValuesFile {
        /// Its name.
        file: String,
        /// Why.
        cause: String,
    },
    /// A subchart can't be loaded.
    Subchart {
        /// The file or directory in `charts/`.
        name: String,
        /// The chart it belongs to.
        parent: String,
        /// Why.
        cause: Box<Self>,
    },
    /// `charts/x.tgz` is a directory.
    SubchartTar {
        /// The directory.
        name: String,
        /// The chart it belongs to.
        parent: String,
        /// The file found in it.
        got: String,
    },
    /// The archive is broken or breaks a rule.
    Archive(String),
    /// A file or directory can't be read.
    Read(String),
    /// A line of `.helmignore` can't be understood.
    Ignore(String),
    /// Dependencies of `Chart.yaml` that are not in `charts/`.
    MissingDependencies(Vec<String>, Helm),
    /// A chart of `apiVersion: v3` with more charts in it than `Chart.yaml` names, or fewer.
    UncheckedDependencies,
    /// A subchart's values aren't a table.
    TypeMismatch {
        /// The subchart.
        chart: String,
        /// The value, as Go's `%t` prints it.
        value: String,
    },
    /// The dependencies can't be processed.
    Dependencies(Box<Self>),
    /// A `--set` argument can't be understood.
    Set {
        /// The flag.
        flag: SetFlag,
        /// Why; for JSON, the argument itself.
        cause: String,
    },
    /// The release name breaks a rule.
    ReleaseName(String, Helm),
    /// `--kube-version` can't be understood.
    KubeVersion {
        /// The argument.
        version: String,
        /// Why.
        cause: String,
    },
    /// The chart wants another Kubernetes.
    Incompatible {
        /// What `Chart.yaml` asks for.
        constraint: String,
        /// The version at hand.
        version: String,
    },
    /// The values break `values.schema.json`.
    Schema(String),
    /// One of our own bounds was reached; Helm has none here.
    Limit(&'static str),
}

/// Which flag set a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetFlag {
    /// `--set`
    Set,
    /// `--set-string`
    String,
    /// `--set-file`
    File,
    /// `--set-json`
    Json,
    /// `--set-json` with an object instead of a key
    JsonObject,
    /// `--set-literal`
    Literal,
}

impl Error {
    /// Whether charts are missing that the chart depends on.
    pub fn is_of_missing_dependencies(&self) -> bool {
        matches!(self.kind, ErrorKind::MissingDependencies(..))
    }

    /// The same, with its place.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { span: self.span.or(Some(span)), ..self }
    }

    pub(super) fn validation(message: impl Into<String>) -> Self {
        ErrorKind::Validation(message.into()).into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, span: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingChartYaml => f.write_str("Chart.yaml file is missing"),
            Self::NoChartInArchive => f.write_str("unable to detect chart version, no Chart.yaml found"),
            Self::InvalidApiVersion => f.write_str("invalid chart apiVersion"),
            Self::UnsupportedApiVersion => f.write_str("unsupported chart version"),
            Self::NotInstallable(kind) => write!(f, "{kind} charts are not installable"),
            Self::Validation(message) => write!(f, "validation: {message}"),
            Self::CannotLoad { file, cause } => write!(f, "cannot load {file}: {cause}"),
            Self::ValuesFile { file, cause } => write!(f, "failed to parse {file}: {cause}"),
            Self::Subchart { name, parent, cause } => write!(f, "error unpacking subchart {name} in {parent}: {cause}"),
            Self::SubchartTar { name, parent, got } => {
                write!(f, "error unpacking subchart tar in {parent}: expected {name}, got {got}")
            }
            Self::Archive(message)
            | Self::Read(message)
            | Self::Ignore(message)
            | Self::ReleaseName(message, Helm::Three) => f.write_str(message),
            Self::MissingDependencies(names, helm) => {
                let unmet = if helm.is_three() { UNMET_THREE } else { UNMET };
                write!(f, "{unmet}: found in Chart.yaml, but missing in charts/ directory: {}", names.join(", "))
            }
            Self::UncheckedDependencies => write!(f, "{UNMET}: unsupported chart dependency type"),
            Self::TypeMismatch { chart, value } => write!(f, "type mismatch on {chart}: {value}"),
            Self::Dependencies(cause) => write!(f, "chart dependencies processing failed: {cause}"),
            Self::Set { flag, cause } => match flag {
                SetFlag::Set => write!(f, "failed parsing --set data: {cause}"),
                SetFlag::String => write!(f, "failed parsing --set-string data: {cause}"),
                SetFlag::File => write!(f, "failed parsing --set-file data: {cause}"),
                SetFlag::Literal => write!(f, "failed parsing --set-literal data: {cause}"),
                SetFlag::Json => write!(f, "failed parsing --set-json data {cause}"),
                SetFlag::JsonObject => write!(f, "failed parsing --set-json data JSON: {cause}"),
            },
            Self::ReleaseName(message, Helm::Four) => write!(f, "release name check failed: {message}"),
            Self::KubeVersion { version, cause } => write!(f, "invalid kube version '{version}': {cause}"),
            Self::Incompatible { constraint, version } => {
                write!(f, "chart requires kubeVersion: {constraint} which is incompatible with Kubernetes {version}")
            }
            Self::Schema(message) => {
                write!(f, "values don't meet the specifications of the schema(s) in the following chart(s):\n{message}")
            }
            Self::Limit(what) => f.write_str(what),
        }
    }
}

/// `%q` of a text.
pub(super) fn quoted(text: &str) -> String {
    quote(text.as_bytes(), Charset::Unicode)
}
