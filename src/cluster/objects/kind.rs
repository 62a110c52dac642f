//! The kinds that are simulated, and how people and kubectl call them.

use std::fmt;

use crate::kube::GroupVersionKind;

/// A kind that is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// core Pod
    Pod,
    /// `apps` `StatefulSet`
    StatefulSet,
    /// `apps` Deployment
    Deployment,
    /// `apps` `ReplicaSet`
    ReplicaSet,
    /// `apps` `DaemonSet`
    DaemonSet,
    /// `batch` Job
    Job,
    /// `batch` `CronJob`
    CronJob,
    /// core Service
    Service,
    /// core `PersistentVolumeClaim`
    Claim,
    /// core `PersistentVolume`
    Volume,
    /// `storage.k8s.io` `StorageClass`
    StorageClass,
    /// `policy` `PodDisruptionBudget`
    DisruptionBudget,
    /// core Node
    Node,
    /// What Services lead to. Only listed.
    Endpoints,
    /// What Kubernetes records. Only listed.
    Event,
    /// Whatever else a chart has: it is created and lies there.
    Other,
}

/// Kind, name in front of objects, and what kubectl calls it.
const NAMES: &[(Kind, &str, &str, &[&str])] = &[
    (Kind::Pod, "Pod", "pod", &["po", "pod", "pods"]),
    (Kind::StatefulSet, "StatefulSet", "statefulset.apps", &["sts", "statefulset", "statefulsets"]),
    (Kind::Deployment, "Deployment", "deployment.apps", &["deploy", "deployment", "deployments"]),
    (Kind::ReplicaSet, "ReplicaSet", "replicaset.apps", &["rs", "replicaset", "replicasets"]),
    (Kind::DaemonSet, "DaemonSet", "daemonset.apps", &["ds", "daemonset", "daemonsets"]),
    (Kind::Job, "Job", "job.batch", &["job", "jobs"]),
    (Kind::CronJob, "CronJob", "cronjob.batch", &["cj", "cronjob", "cronjobs"]),
    (Kind::Service, "Service", "service", &["svc", "service", "services"]),
    (
        Kind::Claim,
        "PersistentVolumeClaim",
        "persistentvolumeclaim",
        &["pvc", "persistentvolumeclaim", "persistentvolumeclaims"],
    ),
    (Kind::Volume, "PersistentVolume", "persistentvolume", &["pv", "persistentvolume", "persistentvolumes"]),
    (Kind::StorageClass, "StorageClass", "storageclass.storage.k8s.io", &["sc", "storageclass", "storageclasses"]),
    (
        Kind::DisruptionBudget,
        "PodDisruptionBudget",
        "poddisruptionbudget.policy",
        &["pdb", "poddisruptionbudget", "poddisruptionbudgets"],
    ),
    (Kind::Endpoints, "Endpoints", "endpoints", &["ep", "endpoints"]),
    (Kind::Event, "Event", "event", &["ev", "event", "events"]),
    (Kind::Node, "Node", "node", &["no", "node", "nodes"]),
];

impl Kind {
    /// The kind of a manifest.
    pub fn of(gvk: &GroupVersionKind) -> Self {
        match (gvk.group.as_str(), gvk.kind.as_str()) {
            ("", "Pod") => Self::Pod,
            ("apps", "StatefulSet") => Self::StatefulSet,
            ("apps", "Deployment") => Self::Deployment,
            ("apps", "ReplicaSet") => Self::ReplicaSet,
            ("apps", "DaemonSet") => Self::DaemonSet,
            ("batch", "Job") => Self::Job,
            ("batch", "CronJob") => Self::CronJob,
            ("", "Service") => Self::Service,
            ("", "PersistentVolumeClaim") => Self::Claim,
            ("", "PersistentVolume") => Self::Volume,
            ("storage.k8s.io", "StorageClass") => Self::StorageClass,
            ("policy", "PodDisruptionBudget") => Self::DisruptionBudget,
            ("", "Node") => Self::Node,
            _ => Self::Other,
        }
    }

    /// The kind that kubectl calls so: `sts`, `statefulset`, `statefulsets.apps`.
    pub fn named(name: &str) -> Option<Self> {
        let short = name.split('.').next().unwrap_or(name);
        NAMES.iter().find(|(.., names)| names.contains(&short)).map(|(kind, ..)| *kind)
    }

    /// The shortest that kubectl calls it: `po`.
    pub fn short(self) -> &'static str {
        NAMES.iter().find(|(kind, ..)| *kind == self).and_then(|(.., names)| names.first()).copied().unwrap_or("")
    }

    /// What stands before the slash where kubectl lists several kinds: `statefulset.apps`.
    pub fn resource(self) -> &'static str {
        NAMES.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, _, resource, _)| resource)
    }

    /// Whether its objects belong to no namespace.
    pub fn is_cluster_wide(self) -> bool {
        matches!(self, Self::Volume | Self::StorageClass | Self::Node)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAMES.iter().find(|(kind, ..)| kind == self).map_or("Object", |(_, name, ..)| name))
    }
}

/// An object by kind and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectRef {
    /// Its kind, as the manifest writes it.
    pub kind: String,
    /// Its namespace; empty where it has none.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}
