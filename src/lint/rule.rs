//! What a rule is.

use super::cx::Cx;
use super::report::{Concern, Report};
use crate::kube::Field;
use crate::source::Severity;

/// A rule: what it says of itself, two examples that are run as tests, and its check.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which states the fault. The file bears the same name.
    pub id: &'static str,
    /// The group of the catalogue it belongs to.
    pub group: Group,
    /// How bad what it finds usually is; a finding may weigh more or less.
    pub severity: Severity,
    /// Whether it runs unless one says otherwise.
    pub activation: Activation,
    /// The fault in a few words.
    pub title: &'static str,
    /// What a person is told.
    pub docs: Docs,
    /// Manifests in which it finds exactly one fault.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Looks at all objects and reports what it finds.
    pub check: fn(&Cx, &mut Report),
}

impl Rule {
    /// Its fault at a field, as bad as usual.
    pub(super) fn concern(&'static self, field: &Field, message: String, fix: String) -> Concern {
        Concern { rule: self, severity: self.severity, message, fix, path: field.path().clone() }
    }
}

/// What a rule tells a person.
#[derive(Clone, Copy, Debug)]
pub struct Docs {
    /// What it finds.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// Whether a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activation {
    /// It runs.
    On,
    /// It doesn't.
    Off,
}

/// The groups of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// `StatefulSets`: names, order, updates.
    Statefulset,
    /// Volumes and claims.
    Storage,
    /// Directories and files of the node.
    Hostpath,
    /// Readiness, liveness, startup.
    Probes,
    /// Objects that name other objects.
    References,
    /// Services, Ingresses, ports.
    Networking,
    /// What a container may do.
    Security,
    /// What happens when something fails.
    Reliability,
    /// API versions that are gone or going.
    DeprecatedApi,
    /// The chart's own files.
    Chart,
    /// The values.
    Values,
    /// YAML and the schemas of Kubernetes.
    YamlSchema,
}

impl Group {
    /// The group's name in the catalogue.
    pub fn id(self) -> &'static str {
        match self {
            Self::Statefulset => "statefulset",
            Self::Storage => "storage",
            Self::Hostpath => "hostpath",
            Self::Probes => "probes",
            Self::References => "references",
            Self::Networking => "networking",
            Self::Security => "security",
            Self::Reliability => "reliability",
            Self::DeprecatedApi => "deprecated-api",
            Self::Chart => "chart",
            Self::Values => "values",
            Self::YamlSchema => "yaml-schema",
        }
    }
}
