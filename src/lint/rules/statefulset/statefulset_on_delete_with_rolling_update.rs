//! Settings of a strategy that isn't used.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` with `OnDelete` and `rollingUpdate`.
pub static RULE: Rule = Rule {
    id: "statefulset-on-delete-with-rolling-update",
    group: Group::Statefulset,
    severity: Severity::Error,
    activation: Activation::On,
    title: "`OnDelete` with settings of `RollingUpdate`",
    docs: Docs {
        what: "A StatefulSet whose `updateStrategy.type` is `OnDelete` and which has `updateStrategy.rollingUpdate` as \
               well.",
        why: "The API server refuses it. It often comes from values: a type of one's own is set beside the chart's \
              default block.",
        fix: "Remove the block; in values set it to `null`.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  updateStrategy:
    type: OnDelete
    rollingUpdate: {partition: 0}
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
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  updateStrategy:
    type: OnDelete
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
    let strategy = set.subject.object.at("spec.updateStrategy");
    let block = strategy.get("rollingUpdate");
    let message = "`rollingUpdate` beside `type: OnDelete`: the API server refuses it".to_owned();
    let fix = "remove `rollingUpdate`; in values set it to null".to_owned();
    (strategy.get("type").is("OnDelete") && block.is_present()).then(|| RULE.concern(&block, message, fix))
}
