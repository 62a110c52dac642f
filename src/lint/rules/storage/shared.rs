//! Rendered claims that pods mount, and how many pods there may be.

use super::claims::access_modes;
use crate::kube::{Field, WorkloadKind};
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::references::Role;

/// A rendered claim that only one node can hold, and the field which mounts it.
pub(super) struct Held {
    /// The field with its name.
    pub(super) field: Field,
    /// Its name.
    pub(super) name: String,
    /// Whether not even a second pod of the same node may mount it.
    pub(super) scope: Scope,
}

/// Who may mount a claim at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The pods of one node.
    Node,
    /// One pod.
    Pod,
}

/// The rendered claims of pods that only one node can hold.
pub(super) fn held(cx: &Cx, pods: &Pods) -> Vec<Held> {
    let own = cx.references(Role::Claim).filter(|reference| reference.subject.index == pods.subject.index);
    let held = own.filter_map(|reference| {
        let mut found = cx.index().find(&reference.group, &reference.kind, &reference.namespace, &reference.name);
        let scope = scope(&access_modes(&found.next()?.object.spec()))?;
        Some(Held { field: reference.field.clone(), name: reference.name.clone(), scope })
    });
    held.collect()
}

/// `None` where several nodes can mount it, or nobody knows.
fn scope(modes: &[String]) -> Option<Scope> {
    match modes {
        [] => None,
        [one] if one == "ReadWriteOncePod" => Some(Scope::Pod),
        all => all.iter().all(|mode| mode == "ReadWriteOnce").then_some(Scope::Node),
    }
}

/// How many pods there are at least at some time: the replicas, or what an autoscaler may make of them. A `DaemonSet`
/// has one on each node.
pub(super) fn most_pods(cx: &Cx, pods: &Pods) -> i64 {
    match pods.kind {
        Some(WorkloadKind::DaemonSet) => i64::MAX,
        Some(WorkloadKind::Pod | WorkloadKind::Job | WorkloadKind::CronJob) => 1,
        _ => pods.subject.object.at("spec.replicas").integer().unwrap_or(1).max(most_scaled(cx, pods)),
    }
}

/// How many an autoscaler may make of them.
fn most_scaled(cx: &Cx, pods: &Pods) -> i64 {
    let gvk = pods.subject.object.gvk();
    let name = pods.subject.object.name();
    let scaled = cx.references(Role::ScaleTarget).filter(|target| {
        gvk.is(&target.group, &target.kind) && target.name == name && target.namespace == pods.namespace
    });
    let most = scaled.filter_map(|target| target.subject.object.at("spec.maxReplicas").integer());
    most.max().unwrap_or(0)
}
