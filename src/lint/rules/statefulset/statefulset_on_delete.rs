//! Nobody replaces the pods.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` or `DaemonSet` whose pods must be deleted by hand.
pub static RULE: Rule = Rule {
    id: "statefulset-on-delete",
    group: Group::Statefulset,
    severity: Severity::Note,
    activation: Activation::On,
    title: "pods that an upgrade leaves as they are",
    docs: Docs {
        what: "A StatefulSet or DaemonSet whose `updateStrategy.type` is `OnDelete`.",
        why: "An upgrade changes no running pod: each stays as it is until somebody deletes it.",
        fix: "Use `RollingUpdate`, unless the program needs upgrades by hand.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  updateStrategy: {type: OnDelete}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  updateStrategy: {type: RollingUpdate}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let kinds = [WorkloadKind::StatefulSet, WorkloadKind::DaemonSet];
    for workload in kinds.into_iter().flat_map(|kind| cx.workloads_of(kind)) {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

/// The fault, if the workload has it.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let field = workload.subject.object.at("spec.updateStrategy.type");
    let message = "an upgrade changes no pod until somebody deletes it".to_owned();
    field.is("OnDelete").then(|| RULE.concern(&field, message, "use `RollingUpdate`".to_owned()))
}
