//! The partition is beyond the last pod.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` of which an upgrade changes no pod.
pub static RULE: Rule = Rule {
    id: "statefulset-partition-blocks-rollout",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "partition that holds every pod back",
    docs: Docs {
        what: "A StatefulSet whose `updateStrategy.rollingUpdate.partition` is greater than the number of its last \
               pod.",
        why: "Only pods whose number is the partition or greater are updated. With one this high an upgrade changes \
              nothing, and still looks as if it had succeeded.",
        fix: "Remove the partition, or lower it below the number of replicas.",
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
    rollingUpdate: {partition: 3}
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
    rollingUpdate: {partition: 2}
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
        report.leading(set.subject, concern(cx, set).into_iter().collect());
    }
}

/// The fault, if the set has it.
fn concern(cx: &Cx, set: &WorkloadSubject) -> Option<Concern> {
    let spec = set.subject.object.spec();
    let field = spec.at("updateStrategy.rollingUpdate.partition");
    let partition = field.integer().filter(|&partition| partition > 0)?;
    let most = Scale::of(cx, set).most.filter(|&most| most > 0)?;
    let last = spec.at("ordinals.start").integer().unwrap_or(0).saturating_add(most - 1);
    let name = set.subject.object.name();
    let message =
        format!("the partition is {partition} and the last pod is `{name}-{last}`: an upgrade changes no pod");
    (partition > last).then(|| RULE.concern(&field, message, format!("remove it, or set it to {last} or less")))
}
