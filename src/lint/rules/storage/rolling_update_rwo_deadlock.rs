//! An update starts the new pod before the old one gives its disk back.

use super::shared::{Held, Scope, held, most_pods};
use crate::kube::{Field, WorkloadKind};
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Deployment of one pod that is replaced while it holds a claim for one node.
pub static RULE: Rule = Rule {
    id: "rolling-update-rwo-deadlock",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "rolling update of a pod that holds its disk",
    docs: Docs {
        what: "A Deployment of one pod that mounts a rendered claim with `ReadWriteOnce`, and whose update starts the \
               new pod first: `strategy.type` is RollingUpdate, the default, with `maxSurge` above 0. It weighs more \
               with `ReadWriteOncePod`.",
        why: "The new pod needs the disk which the old one keeps until the new one is ready. On the same node that \
              goes well; on another one the update hangs. With `ReadWriteOncePod` it always does.",
        fix: "Set `strategy: {type: Recreate}`: the old pod ends first.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
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
  strategy: {type: Recreate}
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
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods().iter().filter(|pods| pods.kind == Some(WorkloadKind::Deployment)) {
        if most_pods(cx, pods) == 1 && starts_new_first(&pods.subject.object.at("spec.strategy")) {
            for held in held(cx, pods) {
                report.leading(pods.subject, vec![concern(pods, &held)]);
            }
        }
    }
}

/// Whether an update starts the new pod while the old one runs.
fn starts_new_first(strategy: &Field) -> bool {
    let kind = strategy.get("type");
    let surge = strategy.at("rollingUpdate.maxSurge");
    let is_none = surge.integer() == Some(0) || surge.is("0") || surge.is("0%");
    (!kind.is_present() || kind.is("RollingUpdate")) && !is_none
}

/// The fault of a claim that only one node can hold.
fn concern(pods: &Pods, held: &Held) -> Concern {
    let strategy = pods.subject.object.at("spec.strategy");
    let (severity, fate) = match held.scope {
        Scope::Node => (RULE.severity, "on another node it waits forever"),
        Scope::Pod => (Severity::Warning, "it waits forever"),
    };
    let message = format!(
        "an update of {} starts the new pod while the old one holds the claim `{}`: {fate}",
        pods.title(),
        held.name
    );
    Concern { severity, ..RULE.concern(&strategy, message, "set `strategy: {type: Recreate}`".to_owned()) }
}
