//! No way back.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload that keeps no old revision.
pub static RULE: Rule = Rule {
    id: "revision-history-limit-zero",
    group: Group::Statefulset,
    severity: Severity::Note,
    activation: Activation::On,
    title: "no old revision is kept",
    docs: Docs {
        what: "A Deployment, StatefulSet or DaemonSet whose `revisionHistoryLimit` is 0.",
        why: "No old revision is kept, so that `kubectl rollout undo` has nothing to go back to; `helm rollback` still \
              works.",
        fix: "Remove the field: 10 is the default.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  revisionHistoryLimit: 0
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
  revisionHistoryLimit: 3
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
    let kinds = [WorkloadKind::Deployment, WorkloadKind::StatefulSet, WorkloadKind::DaemonSet];
    for workload in kinds.into_iter().flat_map(|kind| cx.workloads_of(kind)) {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

/// The fault, if the workload has it.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let field = workload.subject.object.at("spec.revisionHistoryLimit");
    let message = "no old revision is kept: `kubectl rollout undo` can't go back".to_owned();
    let fix = "remove the field; 10 is the default".to_owned();
    (field.integer() == Some(0)).then(|| RULE.concern(&field, message, fix))
}
