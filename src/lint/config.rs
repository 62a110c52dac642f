//! What the linter is told besides the objects.

use std::collections::BTreeMap;

use super::{Activation, Rule};
use crate::helm::Helm;
use crate::kube::schema::Schemas;
use crate::source::Severity;

/// The version of Kubernetes the objects are meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kubernetes {
    /// Always 1.
    pub major: u32,
    /// The number that changes.
    pub minor: u32,
}

impl Default for Kubernetes {
    /// What Helm takes where nothing is said.
    fn default() -> Self {
        Self::minor(36)
    }
}

impl Kubernetes {
    /// Version 1.`minor`.
    pub fn minor(minor: u32) -> Self {
        Self { major: 1, minor }
    }

    /// Reads `1.33`, `v1.33.2`, `v1.25.3-gke.100`; `None` where the first two numbers can't be read.
    pub fn parse(written: &str) -> Option<Self> {
        let mut parts = written.strip_prefix('v').unwrap_or(written).splitn(3, '.');
        let major = parts.next()?.parse().ok()?;
        let minor = parts.next()?;
        let digits = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
        Some(Self { major, minor: minor.get(..digits)?.parse().ok()? })
    }
}

/// What the API server does about fields it doesn't know, and about entries of a list with the same key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldValidation {
    /// It refuses the object. So Helm 4 asks for it, which installs by strict server-side apply.
    #[default]
    Strict,
    /// It drops them. So it is with Helm 3.
    Ignore,
}

impl FieldValidation {
    /// How a Helm installs.
    pub fn of(helm: Helm) -> Self {
        if helm.is_three() { Self::Ignore } else { Self::Strict }
    }
}

/// What the linter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The release's namespace: that of objects which name none.
    pub namespace: String,
    /// The version the objects are meant for.
    pub kubernetes: Kubernetes,
    /// How the objects are installed.
    pub validation: FieldValidation,
    /// The schemas of Kubernetes' kinds; `None` where they aren't at hand: then nothing is held against them.
    pub schemas: Option<Schemas>,
    /// Rules switched on or off by id, against their own default.
    pub activation: BTreeMap<String, Activation>,
    /// How bad the findings of a rule are, by id, against its own opinion.
    pub levels: BTreeMap<String, Severity>,
    /// Files whose findings are to be ignored.
    pub ignored: Vec<IgnoredPath>,
    /// The folders in which the files stand, which patterns may begin with.
    pub folders: Vec<String>,
}

/// Files whose findings are to be ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredPath {
    /// `templates/tests/**`
    pub pattern: String,
    /// Who says so.
    pub reason: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            namespace: "default".to_owned(),
            kubernetes: Kubernetes::default(),
            validation: FieldValidation::default(),
            schemas: None,
            activation: BTreeMap::new(),
            levels: BTreeMap::new(),
            ignored: Vec::new(),
            folders: Vec::new(),
        }
    }
}

impl Config {
    /// Whether a rule is to run.
    pub fn is_on(&self, rule: &Rule) -> bool {
        self.activation.get(rule.id).copied().unwrap_or(rule.activation) == Activation::On
    }

    /// The names of a file that patterns may mean: as Helm names it, inside of its chart, and on the disk.
    pub fn names(&self, path: &str) -> impl Iterator<Item = String> {
        let inside = path.split_once('/').map(|(_, inside)| inside);
        let names: Vec<&str> = [Some(path), inside].into_iter().flatten().collect();
        let folders = self.folders.iter().map(|folder| folder.trim_end_matches('/'));
        let on_disk = folders.flat_map(|folder| names.iter().map(move |name| format!("{folder}/{name}")));
        let on_disk: Vec<String> = on_disk.collect();
        names.into_iter().map(str::to_owned).collect::<Vec<_>>().into_iter().chain(on_disk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_people_write_them() {
        for written in ["1.25", "v1.25", "v1.25.3", "1.25.3-gke.100", "1.25+"] {
            assert_eq!(Kubernetes::parse(written), Some(Kubernetes::minor(25)), "{written}");
        }
        for written in ["", "1", "v1.x", "latest"] {
            assert_eq!(Kubernetes::parse(written), None, "{written}");
        }
    }
}
