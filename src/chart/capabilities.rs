//! `.Capabilities`: the Kubernetes and the Helm that templates are told of.
//!
//! Without a cluster Helm 4.2.3 speaks of Kubernetes v1.36 and of all API versions that its client library knows.

use std::any::Any;
use std::rc::Rc;

use super::error::quoted;
use super::{Error, ErrorKind};
use crate::value::{List, ListKind, Map, Object, Signature, Traced, Type, Value};

/// The capabilities of a cluster.
#[derive(Clone, Debug)]
pub struct Capabilities {
    /// The version of Kubernetes.
    pub kube_version: KubeVersion,
    /// The API versions (`apps/v1`), and kinds in them (`apps/v1/Deployment`), that are known.
    pub api_versions: Vec<String>,
    /// The build of Helm.
    pub helm_version: HelmVersion,
}

/// A version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    /// The version as given, with a `v` before it.
    pub version: String,
    /// Its numbers, which constraints look at.
    pub normalized: String,
    /// The first number.
    pub major: String,
    /// The second number.
    pub minor: String,
}

/// A build of Helm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelmVersion {
    /// The version.
    pub version: String,
    /// The commit.
    pub git_commit: String,
    /// Whether the sources were those of the commit.
    pub git_tree_state: String,
    /// The version of Go.
    pub go_version: String,
    /// The version of Kubernetes that the client library belongs to.
    pub kube_client_version: String,
}

impl Default for Capabilities {
    fn default() -> Self {
        Self {
            kube_version: KubeVersion::default(),
            api_versions: API_VERSIONS.map(str::to_owned).to_vec(),
            helm_version: HelmVersion::default(),
        }
    }
}

impl Default for KubeVersion {
    fn default() -> Self {
        let [version, normalized, major, minor] = ["v1.36.0", "v1.36.0", "1", "36"].map(str::to_owned);
        Self { version, normalized, major, minor }
    }
}

impl Default for HelmVersion {
    fn default() -> Self {
        let [version, git_commit, git_tree_state, go_version, kube_client_version] =
            ["v4.2.3", "43e8b7feece8beb0fcba47059ec9b522fd929a64", "clean", "go1.26.5", "v1.36"].map(str::to_owned);
        Self { version, git_commit, git_tree_state, go_version, kube_client_version }
    }
}

/// What Helm's Kubernetes client knows, in its order: core first, then by group.
const API_VERSIONS: [&str; 55] = [
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha2",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];

impl KubeVersion {
    /// Reads `--kube-version`. Whatever follows the numbers is kept, but doesn't count.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text).map_err(|cause| ErrorKind::KubeVersion { version: text.to_owned(), cause }.into())
    }

    fn read(text: &str) -> Result<Self, String> {
        let start = text.trim_start_matches(['\t', '\n', '\x0c', '\r', ' ']);
        let start = start.strip_prefix('v').unwrap_or(start);
        let mut numbers = Vec::new();
        let mut rest = start;
        loop {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let Some((digits, after)) = rest.split_at_checked(end).filter(|(digits, _)| !digits.is_empty()) else {
                break;
            };
            numbers.push(digits);
            let Some(next) = after.strip_prefix('.') else { break };
            rest = next;
        }
        if numbers.is_empty() || start.contains('\n') {
            return Err(format!("could not parse {} as version", quoted(text)));
        }
        let [major, minor, ..] = numbers.as_slice() else {
            return Err(format!("illegal version string {}", quoted(text)));
        };
        if major.len() > 1 && major.starts_with('0') {
            let (major, text) = (quoted(major), quoted(text));
            return Err(format!("illegal zero-prefixed version component {major} in {text}"));
        }
        let numbers: Vec<u64> = numbers.iter().map(|digits| component(digits, text)).collect::<Result<_, _>>()?;
        let normalized: Vec<String> = numbers.iter().map(u64::to_string).collect();
        let version = if text.starts_with('v') { text.to_owned() } else { format!("v{text}") };
        let plain = |digits: &str| digits.trim_start_matches('0').to_owned();
        let or_zero = |digits: String| if digits.is_empty() { "0".to_owned() } else { digits };
        Ok(Self {
            version,
            normalized: format!("v{}", normalized.join(".")),
            major: or_zero(plain(major)),
            minor: or_zero(plain(minor)),
        })
    }
}

fn component(digits: &str, text: &str) -> Result<u64, String> {
    digits.parse().map_err(|_| {
        let (digits, text) = (quoted(digits), quoted(text));
        format!(
            "illegal non-numeric version component {digits} in {text}: strconv.ParseUint: parsing {digits}: value out of range"
        )
    })
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn api_versions(capabilities: &Capabilities) -> VersionSet {
    VersionSet(capabilities.api_versions.as_slice().into())
}

impl Object for Capabilities {
    fn type_name(&self) -> &'static str {
        "*common.Capabilities"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "KubeVersion" => Some(Value::Object(Rc::new(self.kube_version.clone()))),
            "APIVersions" => Some(Value::Object(Rc::new(api_versions(self)))),
            "HelmVersion" => Some(Value::Object(Rc::new(self.helm_version.clone()))),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Copy").then(Signature::default)
    }

    fn call(&self, _: &str, _: &[Traced]) -> Result<Value, String> {
        Ok(Value::Object(Rc::new(self.clone())))
    }

    fn display(&self) -> String {
        // Go prints the struct behind the pointer with an ampersand, the structs in it without.
        let versions = self.api_versions.join(" ");
        format!("&{{{} [{versions}] {}}}", self.kube_version.display(), self.helm_version.display())
    }

    fn printed(&self) -> String {
        // The executor follows the pointer before it prints.
        self.display().split_off(1)
    }

    fn to_plain(&self) -> Option<Value> {
        let entries = [
            ("KubeVersion", self.kube_version.to_plain()?),
            ("APIVersions", api_versions(self).to_plain()?),
            ("HelmVersion", self.helm_version.to_plain()?),
        ];
        Some(Value::Map(entries.into_iter().collect()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for KubeVersion {
    fn type_name(&self) -> &'static str {
        "common.KubeVersion"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Version" => Some(text(&self.version)),
            "Major" => Some(text(&self.major)),
            "Minor" => Some(text(&self.minor)),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<Signature> {
        matches!(name, "String" | "GitVersion").then(Signature::default)
    }

    fn call(&self, name: &str, _: &[Traced]) -> Result<Value, String> {
        Ok(text(if name == "String" { &self.normalized } else { &self.version }))
    }

    fn display(&self) -> String {
        format!("{{{} {} {} {}}}", self.version, self.normalized, self.major, self.minor)
    }

    fn printed(&self) -> String {
        self.normalized.clone()
    }

    fn to_plain(&self) -> Option<Value> {
        let fields = [("Version", &self.version), ("Major", &self.major), ("Minor", &self.minor)];
        Some(Value::Map(fields.into_iter().map(|(name, value)| (name, text(value))).collect()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for HelmVersion {
    fn type_name(&self) -> &'static str {
        "version.BuildInfo"
    }

    fn field(&self, name: &str) -> Option<Value> {
        Some(text(match name {
            "Version" => &self.version,
            "GitCommit" => &self.git_commit,
            "GitTreeState" => &self.git_tree_state,
            "GoVersion" => &self.go_version,
            "KubeClientVersion" => &self.kube_client_version,
            _ => return None,
        }))
    }

    fn display(&self) -> String {
        let Self { version, git_commit, git_tree_state, go_version, kube_client_version } = self;
        format!("{{{version} {git_commit} {git_tree_state} {go_version} {kube_client_version}}}")
    }

    fn to_plain(&self) -> Option<Value> {
        let fields = [
            ("version", &self.version),
            ("git_commit", &self.git_commit),
            ("git_tree_state", &self.git_tree_state),
            ("go_version", &self.go_version),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let all = filled.chain([("kube_client_version", &self.kube_client_version)]);
        Some(Value::Map(all.map(|(name, value)| (name, text(value))).collect::<Map>()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.APIVersions`: a list with the method `Has`.
#[derive(Clone, Debug)]
struct VersionSet(Rc<[String]>);

impl Object for VersionSet {
    fn type_name(&self) -> &'static str {
        "common.VersionSet"
    }

    fn kind(&self) -> &'static str {
        "slice"
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Has").then(|| Signature { params: vec![Type::String], variadic: None })
    }

    fn call(&self, _: &str, args: &[Traced]) -> Result<Value, String> {
        let wanted = args.first().and_then(|arg| arg.value.as_text());
        let has = |wanted: &[u8]| self.0.iter().any(|version| version.as_bytes() == wanted);
        Ok(Value::Bool(wanted.is_some_and(|wanted| has(wanted.as_bytes()))))
    }

    fn underlying(&self) -> Option<Value> {
        let items = self.0.iter().map(|version| Traced::from(text(version))).collect();
        Some(Value::List(List::of(ListKind::Named("common.VersionSet"), items)))
    }

    fn display(&self) -> String {
        format!("[{}]", self.0.join(" "))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(version: &str) -> String {
        match KubeVersion::parse(version) {
            Ok(KubeVersion { version, normalized, major, minor }) => format!("{version} {normalized} {major} {minor}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn kube_versions_are_read_as_kubernetes_reads_them() {
        for (version, want) in [
            ("1.20", "v1.20 v1.20 1 20"),
            ("v1.25.3-gke.100", "v1.25.3-gke.100 v1.25.3 1 25"),
            ("1.2.3.4", "v1.2.3.4 v1.2.3.4 1 2"),
            ("1.2.03", "v1.2.03 v1.2.3 1 2"),
            (" 1.20", "v 1.20 v1.20 1 20"),
            ("1", "invalid kube version '1': illegal version string \"1\""),
            ("1.x", "invalid kube version '1.x': illegal version string \"1.x\""),
            ("v 1.2", "invalid kube version 'v 1.2': could not parse \"v 1.2\" as version"),
            ("01.2", "invalid kube version '01.2': illegal zero-prefixed version component \"01\" in \"01.2\""),
            (
                "99999999999999999999.1",
                "invalid kube version '99999999999999999999.1': illegal non-numeric version component \
                 \"99999999999999999999\" in \"99999999999999999999.1\": strconv.ParseUint: parsing \
                 \"99999999999999999999\": value out of range",
            ),
        ] {
            assert_eq!(parsed(version), want);
        }
    }

    #[test]
    fn the_structs_print_as_go_prints_them() {
        let capabilities =
            Capabilities { api_versions: vec!["v1".into(), "apps/v1".into()], ..Capabilities::default() };
        assert_eq!(
            capabilities.printed(),
            "{{v1.36.0 v1.36.0 1 36} [v1 apps/v1] \
             {v4.2.3 43e8b7feece8beb0fcba47059ec9b522fd929a64 clean go1.26.5 v1.36}}"
        );
        assert_eq!(capabilities.kube_version.printed(), "v1.36.0");
        assert_eq!(capabilities.kube_version.display(), "{v1.36.0 v1.36.0 1 36}");
    }

    #[test]
    fn has_finds_versions_and_kinds_that_were_named() {
        let capabilities = Capabilities { api_versions: vec!["apps/v1".into()], ..Capabilities::default() };
        let Some(Value::Object(versions)) = capabilities.field("APIVersions") else { panic!("no APIVersions") };
        let has = |version: &str| versions.call("Has", &[Value::from(version).into()]).map(|value| value.is_true());
        assert_eq!((has("apps/v1"), has("apps/v1/Deployment")), (Ok(true), Ok(false)));
    }
}
