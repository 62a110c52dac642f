//! What makes pods, and which selectors their labels satisfy.

use super::custom::has_pod_template;
use super::cx::Subject;
use crate::kube::{Field, GroupVersionKind, PodSpec, Requirement, Selector, Workload, WorkloadKind};

/// An object that makes pods, or is one: a workload, or a custom resource with a template of pods.
#[derive(Clone, Debug)]
pub struct Pods<'a> {
    /// The object.
    pub subject: Subject<'a>,
    /// The namespace of the object and its pods.
    pub namespace: String,
    /// Which kind of workload; `None` for a custom resource.
    pub kind: Option<WorkloadKind>,
    /// The labels of the pods.
    pub labels: Field,
    /// The `spec` of the pods.
    pub spec: PodSpec,
}

impl<'a> Pods<'a> {
    /// The pods of an object, if it makes any.
    pub(super) fn of(gvk: &GroupVersionKind, subject: Subject<'a>, namespace: &str) -> Option<Self> {
        let (kind, template) = match Workload::of(subject.object) {
            Some(workload) => (Some(workload.kind), workload.template()),
            None if has_pod_template(subject.object, gvk) => (None, subject.object.at("spec.template")),
            None => return None,
        };
        let labels = template.at("metadata.labels");
        Some(Self { subject, namespace: namespace.to_owned(), kind, labels, spec: PodSpec::new(template.get("spec")) })
    }

    /// How a sentence calls what makes them.
    pub fn title(&self) -> String {
        title(self.subject)
    }

    /// Whether they satisfy a selector. One that asks nothing is satisfied by all.
    pub fn satisfy(&self, selector: &Selector) -> bool {
        self.unmet(selector).next().is_none()
    }

    /// What a selector asks of them and they don't have. Labels which the controller writes count as had, whatever
    /// their value: it isn't known before.
    pub fn unmet<'s>(&'s self, selector: &'s Selector) -> impl Iterator<Item = &'s Requirement> {
        let is_generated = |key: &str| self.kind.is_some_and(|kind| is_generated(kind, key));
        selector.requirements().iter().filter(move |requirement| {
            let label = self.labels.get(&requirement.key).string();
            let comes_later = label.is_none() && is_generated(&requirement.key);
            !comes_later && !requirement.is_met(label.as_deref())
        })
    }

    /// How far they are from satisfying a selector: what they lack, and then what they seem to have only because a
    /// controller may write it.
    pub fn distance(&self, selector: &Selector) -> (usize, usize) {
        let label = |key: &str| self.labels.get(key).string();
        let is_open = |requirement: &&Requirement| !requirement.is_met(label(&requirement.key).as_deref());
        (self.unmet(selector).count(), selector.requirements().iter().filter(is_open).count())
    }

    /// Whether the object is a hook of Helm (`helm test` among them).
    pub fn is_hook(&self) -> bool {
        is_hook(self.subject)
    }

    /// Whether they are meant to run on, and are installed with the release.
    pub fn stay(&self) -> bool {
        !self.is_hook() && self.kind.is_none_or(WorkloadKind::is_long_running)
    }
}

/// How a sentence calls an object: its kind and name.
pub fn title(subject: Subject) -> String {
    format!("{} `{}`", subject.object.kind(), subject.object.name())
}

/// Whether an object is a hook of Helm.
pub fn is_hook(subject: Subject) -> bool {
    subject.object.metadata().get("annotations").get("helm.sh/hook").is_present()
}

/// Whether the controller of a kind writes this label on its pods itself, with a value nobody knows before.
pub(super) fn is_generated(kind: WorkloadKind, label: &str) -> bool {
    let generated: &[&str] = match kind {
        WorkloadKind::StatefulSet => {
            &["statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-revision-hash"]
        }
        WorkloadKind::DaemonSet => &["controller-revision-hash", "pod-template-generation"],
        WorkloadKind::Deployment => &["pod-template-hash"],
        WorkloadKind::Job | WorkloadKind::CronJob => &[
            "job-name",
            "controller-uid",
            "batch.kubernetes.io/job-name",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-completion-index",
        ],
        WorkloadKind::DeploymentConfig => &["deployment", "deploymentconfig"],
        WorkloadKind::ReplicaSet | WorkloadKind::ReplicationController | WorkloadKind::Pod => &[],
    };
    generated.contains(&label)
}
