//! Floor 5. What `helm lint` says about a chart: its rules, its messages, byte for byte, of Helm 4.2 and 3.17.
//!
//! Each rule of Helm's own is in the file of its name (`pkg/chart/v2/lint/rules`). What is found is plain data, in Helm's
//! order, for the command line as well as for a page: the folder that is linted is asked for its files through
//! [`Folder`], and need not be on a disk.
//!
//! Differences on purpose: e-mail addresses with quoted names are looked at less closely; where Helm's order of charts
//! in `charts/` is random, ours is by name.

mod chartfile;
mod crds;
mod dependencies;
mod deprecations;
mod entries;
mod names;
mod object;
mod person;
mod stream;
mod templates;
mod values;

use std::fmt;
use std::rc::Rc;

use crate::chart::{self, Chart, KubeVersion, Log};
use crate::helm::Helm;
use crate::source::{Files, Severity};
use crate::template::World;
use crate::value::Map;

pub use chartfile::is_strict_version;
pub use entries::EntryFolder;
pub use person::{is_email, is_request_url, is_url};

/// The folder of a chart.
pub trait Folder {
    /// Its absolute path, which messages name.
    fn path(&self) -> String;

    /// What stands at a path in it, such as `templates`.
    fn kind(&self, path: &str) -> Kind;

    /// A file in it, or Go's error.
    fn read(&self, path: &str) -> Result<Rc<[u8]>, String>;

    /// Loads the chart, into whose log the Helm is written that is followed.
    fn load(&self, table: &mut Files, log: &mut Log) -> Result<Chart, chart::Error>;
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Missing,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// What a chart is linted with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Helm that is followed.
    pub helm: Helm,
    /// The user's values.
    pub values: Map,
    /// The release's namespace.
    pub namespace: String,
    /// `--kube-version`
    pub kube_version: Option<KubeVersion>,
    /// Whether values are held against schemas.
    pub schemas: bool,
}

/// A message of Helm's. `Display` is its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about: a file or folder of the chart, or the chart's folder itself.
    pub path: String,
    /// The sentence.
    pub text: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "INFO",
            Severity::Warning => "WARNING",
            Severity::Error => "ERROR",
        };
        write!(f, "[{severity}] {}: {}", self.path, self.text)
    }
}

/// The messages about one chart, and what is printed on standard error on the way.
#[derive(Clone, Debug, Default)]
pub struct Linted {
    /// The messages, in Helm's order.
    pub messages: Vec<Message>,
    /// What is printed on standard error.
    pub log: Log,
}

/// Lints a chart that has a `Chart.yaml`.
pub fn lint(folder: &dyn Folder, options: &Options, world: &mut dyn World) -> Linted {
    let mut linter = Linter { folder, options, messages: Vec::new(), log: Log::of(options.helm) };
    linter.chartfile();
    linter.values();
    linter.templates(world);
    linter.dependencies();
    if !options.helm.is_three() {
        linter.crds();
    }
    Linted { messages: linter.messages, log: linter.log }
}

/// The rules at work.
struct Linter<'a> {
    folder: &'a dyn Folder,
    options: &'a Options,
    messages: Vec<Message>,
    log: Log,
}

/// What a rule says: nothing, or its sentence.
type Rule = Result<(), String>;

impl Linter<'_> {
    /// Applies a rule; whether it was kept.
    fn rule(&mut self, severity: Severity, path: &str, rule: Rule) -> bool {
        match rule {
            Ok(()) => true,
            Err(text) => {
                self.messages.push(Message { severity, path: path.to_owned(), text });
                false
            }
        }
    }

    fn error(&mut self, path: &str, rule: Rule) -> bool {
        self.rule(Severity::Error, path, rule)
    }

    fn warning(&mut self, path: &str, rule: Rule) -> bool {
        self.rule(Severity::Warning, path, rule)
    }

    fn is_three(&self) -> bool {
        self.options.helm.is_three()
    }

    fn load(&mut self) -> Result<Chart, String> {
        self.folder.load(&mut Files::new(), &mut self.log).map_err(|error| error.to_string())
    }
}
