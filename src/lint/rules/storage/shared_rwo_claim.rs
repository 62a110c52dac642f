//! Several pods share a claim that only one node can hold.

use super::shared::{Held, Scope, held, most_pods};
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim that one node can hold, mounted by a workload of several pods.
pub static RULE: Rule = Rule {
    id: "shared-rwo-claim",
    group: Group::Storage,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "several pods on a claim for one node",
    docs: Docs {
        what: "A Deployment, ReplicaSet, StatefulSet or DaemonSet that may have several pods (by `replicas`, by \
               `maxReplicas` of an autoscaler, or one on each node) and mounts a rendered claim with the access mode \
               `ReadWriteOnce` or `ReadWriteOncePod` only.",
        why: "Only one node can hold such a volume: pods on other nodes hang in ContainerCreating (`Multi-Attach \
              error`), and those on the same node write into the same directory, which most programs don't expect.",
        fix: "Use a StatefulSet with `volumeClaimTemplates`, so that each pod has storage of its own; or storage with \
              `ReadWriteMany`; or a single pod.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods().iter().filter(|pods| !pods.is_hook()) {
        if most_pods(cx, pods) > 1 {
            for held in held(cx, pods) {
                report.leading(pods.subject, vec![concern(pods, &held)]);
            }
        }
    }
}

/// The fault of a claim that only one node can hold.
fn concern(pods: &Pods, held: &Held) -> Concern {
    let (mode, fate) = match held.scope {
        Scope::Node => ("ReadWriteOnce", "pods on other nodes never start"),
        Scope::Pod => ("ReadWriteOncePod", "all but one never start"),
    };
    let message = format!("{} has several pods on the claim `{}`, which is {mode}: {fate}", pods.title(), held.name);
    let fix = "use `volumeClaimTemplates` in a StatefulSet, `ReadWriteMany` storage, or a single pod".to_owned();
    RULE.concern(&held.field, message, fix)
}
