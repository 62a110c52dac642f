//! The pods come and go together.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` without order.
pub static RULE: Rule = Rule {
    id: "statefulset-parallel",
    group: Group::Statefulset,
    severity: Severity::Note,
    activation: Activation::On,
    title: "pods that start all at once",
    docs: Docs {
        what: "A StatefulSet whose `podManagementPolicy` is `Parallel`.",
        why: "All pods start and stop together: the order for which one takes a StatefulSet is given up. (Updates \
              still go one by one.) The field can't be changed later.",
        fix: "Keep it only if the program copes with pods that start together.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  podManagementPolicy: Parallel
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
  podManagementPolicy: OrderedReady
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
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        report.leading(set.subject, concern(set).into_iter().collect());
    }
}

/// The fault, if the set has it.
fn concern(set: &WorkloadSubject) -> Option<Concern> {
    let field = set.subject.object.at("spec.podManagementPolicy");
    let message = "all pods start and stop together, in no order".to_owned();
    let fix = "keep it only if the program copes with that; it can't be changed later".to_owned();
    field.is("Parallel").then(|| RULE.concern(&field, message, fix))
}
