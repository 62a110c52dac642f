//! Data on a node that the pod may leave.

use super::level::Level;
use super::{Access, HostPath, about_path};
use crate::kube::{PodSpec, WorkloadKind};
use crate::lint::cx::WorkloadSubject;
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume of the node that is written to by pods which may run anywhere.
pub static RULE: Rule = Rule {
    id: "host-path-multi-node",
    group: Group::Hostpath,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "data on whichever node the pod runs on",
    docs: Docs {
        what: "A Deployment, StatefulSet or ReplicaSet that writes to a hostPath volume, and whose pods are bound to no \
               node: no `nodeName`, no `nodeSelector`, no required `nodeAffinity`.",
        why: "After a move the pod finds the directory of another node, mostly an empty one: data seems lost, and \
              replicas on different nodes drift apart.",
        fix: "Use a claim. Where it must be a directory of a node, a `local` PersistentVolume names its node, and the \
              pods follow it.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: host, mountPath: /host}]
      volumes:
        - name: host
          hostPath: {path: /srv/agent, type: Directory}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      nodeSelector: {kubernetes.io/hostname: worker-1}
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: host, mountPath: /host}]
      volumes:
        - name: host
          hostPath: {path: /srv/agent, type: Directory}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath, workload: &WorkloadSubject) -> Option<Concern> {
    use WorkloadKind::{Deployment, DeploymentConfig, ReplicaSet, StatefulSet};
    let kind = workload.workload.kind;
    let may_move = matches!(kind, Deployment | DeploymentConfig | StatefulSet | ReplicaSet) && !is_bound(&workload.pod);
    if !may_move || host.access != Access::Write || host.level == Level::Socket {
        return None;
    }
    let message = format!(
        "{} keeps data in `{}` of whichever node the pod runs on: on another node it finds another directory",
        host.title,
        host.path()
    );
    let fix = "use a PersistentVolumeClaim, or a `local` PersistentVolume, which names its node";
    Some(about_path(host, &RULE, message, fix))
}

/// Whether the pods can only run on nodes that were chosen.
fn is_bound(pod: &PodSpec) -> bool {
    let required = pod.get("affinity").at("nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    let named = pod.get("nodeName");
    (named.is_present() && !named.is("")) || !pod.get("nodeSelector").entries().is_empty() || required.is_present()
}
