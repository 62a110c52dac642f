//! Workloads: the kinds that make pods. `OpenShift`'s `DeploymentConfig` is among them: it has what a Deployment has.

use super::{Field, Object, PodSpec, Selector};

/// A kind that makes pods, or is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkloadKind {
    /// `apps` Deployment
    Deployment,
    /// `apps` `StatefulSet`
    StatefulSet,
    /// `apps` `DaemonSet`
    DaemonSet,
    /// `apps` `ReplicaSet`
    ReplicaSet,
    /// core `ReplicationController`
    ReplicationController,
    /// `batch` Job
    Job,
    /// `batch` `CronJob`
    CronJob,
    /// core Pod
    Pod,
    /// `apps.openshift.io` `DeploymentConfig`: what `OpenShift` had before Deployments.
    DeploymentConfig,
}

impl WorkloadKind {
    /// The kind of that name in that group. Old groups (`extensions`) count: their objects have pods too.
    pub fn of(group: &str, kind: &str) -> Option<Self> {
        let (groups, found): (&[&str], Self) = match kind {
            "Deployment" => (&["apps", "extensions"], Self::Deployment),
            "StatefulSet" => (&["apps"], Self::StatefulSet),
            "DaemonSet" => (&["apps", "extensions"], Self::DaemonSet),
            "ReplicaSet" => (&["apps", "extensions"], Self::ReplicaSet),
            "ReplicationController" => (&[""], Self::ReplicationController),
            "Job" => (&["batch"], Self::Job),
            "CronJob" => (&["batch"], Self::CronJob),
            "Pod" => (&[""], Self::Pod),
            "DeploymentConfig" => (&["apps.openshift.io"], Self::DeploymentConfig),
            _ => return None,
        };
        groups.contains(&group).then_some(found)
    }

    /// Where its pods' template is (`metadata` and `spec` below it); empty for a Pod, which is its own template.
    pub fn template_path(self) -> &'static str {
        match self {
            Self::CronJob => "spec.jobTemplate.spec.template",
            Self::Pod => "",
            _ => "spec.template",
        }
    }

    /// Whether its pods are meant to run on, rather than to end.
    pub fn is_long_running(self) -> bool {
        !matches!(self, Self::Job | Self::CronJob)
    }
}

/// An object that makes pods, or is one.
#[derive(Clone, Debug)]
pub struct Workload<'a> {
    /// The object.
    pub object: &'a Object,
    /// Which kind.
    pub kind: WorkloadKind,
}

impl<'a> Workload<'a> {
    /// The object as a workload, if it is one.
    pub fn of(object: &'a Object) -> Option<Self> {
        let gvk = object.gvk();
        Some(Self { object, kind: WorkloadKind::of(&gvk.group, &gvk.kind)? })
    }

    /// The template of its pods.
    pub fn template(&self) -> Field {
        self.object.at(self.kind.template_path())
    }

    /// The `spec` of its pods.
    pub fn pod(&self) -> PodSpec {
        PodSpec::new(self.template().get("spec"))
    }

    /// The labels of its pods, as a field.
    pub fn pod_labels(&self) -> Field {
        self.template().at("metadata.labels")
    }

    /// `spec.selector`, read as this kind has it: that of a `ReplicationController` or a `DeploymentConfig` is plain
    /// labels.
    pub fn selector(&self) -> Option<Selector> {
        let field = self.object.at("spec.selector");
        match self.kind {
            WorkloadKind::Pod | WorkloadKind::CronJob => None,
            WorkloadKind::ReplicationController | WorkloadKind::DeploymentConfig => Some(Selector::from_labels(&field)),
            _ => field.is_present().then(|| Selector::from_field(&field)),
        }
    }
}
