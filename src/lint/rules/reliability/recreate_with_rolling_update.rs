//! Settings of a strategy that isn't used.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Deployment with `Recreate` and `rollingUpdate`.
pub static RULE: Rule = Rule {
    id: "recreate-with-rolling-update",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "`Recreate` with settings of `RollingUpdate`",
    docs: Docs {
        what: "A Deployment whose `strategy.type` is `Recreate` and which has `strategy.rollingUpdate` as well.",
        why: "The API server refuses it. It often comes from values: a type of one's own is set beside the chart's \
              default block.",
        fix: "Remove the block; in values set it to `null`.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    type: Recreate
    rollingUpdate: {maxSurge: 1}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    type: Recreate
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for deployment in cx.workloads_of(WorkloadKind::Deployment) {
        report.leading(deployment.subject, concern(deployment).into_iter().collect());
    }
}

/// The fault, if the Deployment has it.
fn concern(deployment: &WorkloadSubject) -> Option<Concern> {
    let strategy = deployment.subject.object.at("spec.strategy");
    let block = strategy.get("rollingUpdate");
    let message = "`rollingUpdate` beside `type: Recreate`: the API server refuses it".to_owned();
    let fix = "remove `rollingUpdate`; in values set it to null".to_owned();
    (strategy.get("type").is("Recreate") && block.is_present()).then(|| RULE.concern(&block, message, fix))
}
