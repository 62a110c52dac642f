//! `.Capabilities`: the Kubernetes and the Helm that templates are told of.
//!
//! Without a cluster Helm 4.2.3 speaks of Kubernetes v1.36, Helm 3.17 of v1.32, and both of all API versions that their
//! client library knows.

use std::any::Any;
use std::rc::Rc;

use super::api_versions::{FOUR, THREE};
use super::error::quoted;
use super::{Error, ErrorKind};
use crate::helm::Helm;
use crate::semver::Version;
use crate::value::{List, ListKind, Object, Signature, Traced, Type, Value};

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
    /// The Helm that read it.
    pub helm: Helm,
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
    /// The version of Kubernetes that the client library belongs to. Helm 3 doesn't tell.
    pub kube_client_version: String,
}

impl Default for Capabilities {
    fn default() -> Self {
        Self::of(Helm::Four)
    }
}

impl Capabilities {
    /// What this Helm speaks of where there is no cluster.
    pub fn of(helm: Helm) -> Self {
        let api_versions = match helm {
            Helm::Three => THREE.map(str::to_owned).to_vec(),
            Helm::Four => FOUR.map(str::to_owned).to_vec(),
        };
        Self { kube_version: KubeVersion::of(helm), api_versions, helm_version: HelmVersion::of(helm) }
    }

    fn helm(&self) -> Helm {
        self.kube_version.helm
    }
}

impl Default for KubeVersion {
    fn default() -> Self {
        Self::of(Helm::Four)
    }
}

impl KubeVersion {
    /// What this Helm speaks of where there is no cluster.
    fn of(helm: Helm) -> Self {
        let numbers = match helm {
            Helm::Three => ["v1.32.0", "v1.32.0", "1", "32"],
            Helm::Four => ["v1.36.0", "v1.36.0", "1", "36"],
        };
        let [version, normalized, major, minor] = numbers.map(str::to_owned);
        Self { version, normalized, major, minor, helm }
    }
}

impl HelmVersion {
    fn of(helm: Helm) -> Self {
        let build = match helm {
            Helm::Three => ["v3.17.2", "cc0bbbd6d6276b83880042c1ecb34087e84d41eb", "clean", "go1.23.7", ""],
            Helm::Four => ["v4.2.3", "43e8b7feece8beb0fcba47059ec9b522fd929a64", "clean", "go1.26.5", "v1.36"],
        };
        let [version, git_commit, git_tree_state, go_version, kube_client_version] = build.map(str::to_owned);
        Self { version, git_commit, git_tree_state, go_version, kube_client_version }
    }
}

impl Default for HelmVersion {
    fn default() -> Self {
        Self::of(Helm::Four)
    }
}

impl KubeVersion {
    /// Reads `--kube-version`. Whatever follows the numbers is kept, but doesn't count; for Helm 3 it is a semantic
    /// version, and all of it counts.
    pub fn parse(text: &str, helm: Helm) -> Result<Self, Error> {
        let read = if helm.is_three() { Self::read_semantic(text) } else { Self::read(text) };
        read.map_err(|cause| ErrorKind::KubeVersion { version: text.to_owned(), cause }.into())
    }

    fn read_semantic(text: &str) -> Result<Self, String> {
        let read = Version::parse(text).map_err(|error| error.in_words_of(Helm::Three))?;
        let version = format!("v{read}");
        let [major, minor] = [read.major(), read.minor()].map(|n| n.to_string());
        Ok(Self { normalized: version.clone(), version, major, minor, helm: Helm::Three })
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
            helm: Helm::Four,
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
    VersionSet { versions: capabilities.api_versions.as_slice().into(), helm: capabilities.helm() }
}

impl Object for Capabilities {
    fn type_name(&self) -> &'static str {
        if self.helm().is_three() { "*chartutil.Capabilities" } else { "*common.Capabilities" }
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

    fn struct_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let fields = ["KubeVersion", "APIVersions", "HelmVersion"];
        Some(fields.into_iter().filter_map(|name| Some((name, self.field(name)?))).collect())
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

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let kube_version = Value::Object(Rc::new(self.kube_version.clone()));
        let helm_version = Value::Object(Rc::new(self.helm_version.clone()));
        let versions = api_versions(self).to_plain()?;
        Some(vec![("KubeVersion", kube_version), ("APIVersions", versions), ("HelmVersion", helm_version)])
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for KubeVersion {
    fn type_name(&self) -> &'static str {
        if self.helm.is_three() { "chartutil.KubeVersion" } else { "common.KubeVersion" }
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

    fn struct_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let normalized = (!self.helm.is_three()).then_some(("normalizedVersion", &self.normalized));
        let numbers = [("Major", &self.major), ("Minor", &self.minor)];
        let fields = [("Version", &self.version)].into_iter().chain(normalized).chain(numbers);
        Some(fields.map(|(name, value)| (name, text(value))).collect())
    }

    fn display(&self) -> String {
        let Self { version, normalized, major, minor, helm } = self;
        match helm {
            Helm::Three => format!("{{{version} {major} {minor}}}"),
            Helm::Four => format!("{{{version} {normalized} {major} {minor}}}"),
        }
    }

    fn printed(&self) -> String {
        self.normalized.clone()
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let fields = [("Version", &self.version), ("Major", &self.major), ("Minor", &self.minor)];
        Some(fields.into_iter().map(|(name, value)| (name, text(value))).collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl HelmVersion {
    fn is_three(&self) -> bool {
        self.version.starts_with("v3")
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
            "KubeClientVersion" if !self.is_three() => &self.kube_client_version,
            _ => return None,
        }))
    }

    fn struct_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let fields = ["Version", "GitCommit", "GitTreeState", "GoVersion", "KubeClientVersion"];
        Some(fields.into_iter().filter_map(|name| Some((name, self.field(name)?))).collect())
    }

    fn display(&self) -> String {
        let Self { version, git_commit, git_tree_state, go_version, kube_client_version } = self;
        if self.is_three() {
            return format!("{{{version} {git_commit} {git_tree_state} {go_version}}}");
        }
        format!("{{{version} {git_commit} {git_tree_state} {go_version} {kube_client_version}}}")
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let fields = [
            ("version", &self.version),
            ("git_commit", &self.git_commit),
            ("git_tree_state", &self.git_tree_state),
            ("go_version", &self.go_version),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let client = (!self.is_three()).then_some(("kube_client_version", &self.kube_client_version));
        Some(filled.chain(client).map(|(name, value)| (name, text(value))).collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `.Capabilities.APIVersions`: a list with the method `Has`.
#[derive(Clone, Debug)]
struct VersionSet {
    versions: Rc<[String]>,
    helm: Helm,
}

impl VersionSet {
    fn name(&self) -> &'static str {
        if self.helm.is_three() { "chartutil.VersionSet" } else { "common.VersionSet" }
    }
}

impl Object for VersionSet {
    fn type_name(&self) -> &'static str {
        self.name()
    }

    fn kind(&self) -> &'static str {
        "slice"
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "Has").then(|| Signature { params: vec![Type::String], variadic: None })
    }

    fn call(&self, _: &str, args: &[Traced]) -> Result<Value, String> {
        let wanted = args.first().and_then(|arg| arg.value.as_text());
        let has = |wanted: &[u8]| self.versions.iter().any(|version| version.as_bytes() == wanted);
        Ok(Value::Bool(wanted.is_some_and(|wanted| has(wanted.as_bytes()))))
    }

    fn underlying(&self) -> Option<Value> {
        let items = self.versions.iter().map(|version| Traced::from(text(version))).collect();
        Some(Value::List(List::of(ListKind::Named(self.name()), items)))
    }

    fn display(&self) -> String {
        format!("[{}]", self.versions.join(" "))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(version: &str) -> String {
        match KubeVersion::parse(version, Helm::Four) {
            Ok(KubeVersion { version, normalized, major, minor, .. }) => {
                format!("{version} {normalized} {major} {minor}")
            }
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
