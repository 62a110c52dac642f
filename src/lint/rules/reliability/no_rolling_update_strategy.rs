//! An upgrade stops all pods at once.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Deployment that isn't upgraded pod by pod.
pub static RULE: Rule = Rule {
    id: "no-rolling-update-strategy",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "upgrade that stops all pods at once",
    docs: Docs {
        what: "A Deployment or DeploymentConfig whose `strategy.type` says anything but `RollingUpdate` (`Rolling`). \
               One that says nothing rolls.",
        why: "With `Recreate` an upgrade stops the old pods before it starts new ones: nobody answers in between. For \
              a volume that one node only may use it is right, so the rule runs only where it is asked for.",
        fix: "Use `RollingUpdate`, unless two pods may not run at once.",
    },
    bad: "\
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
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy: {type: RollingUpdate}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let kinds = [WorkloadKind::Deployment, WorkloadKind::DeploymentConfig];
    for workload in kinds.into_iter().flat_map(|kind| cx.workloads_of(kind)) {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

/// The fault, if the workload has it.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let field = workload.subject.object.at("spec.strategy.type");
    let written = field.string().filter(|written| !matches!(written.as_str(), "RollingUpdate" | "Rolling"))?;
    let message = format!("`{written}` is no rolling update: an upgrade stops all pods at once");
    Some(RULE.concern(&field, message, "use `RollingUpdate`".to_owned()))
}
