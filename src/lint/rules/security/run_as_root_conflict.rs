//! A container must not run as root, and is told to.

use super::context::effective;
use crate::kube::Container;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Both `runAsNonRoot: true` and `runAsUser: 0`.
pub static RULE: Rule = Rule {
    id: "run-as-root-conflict",
    group: Group::Security,
    severity: Severity::Error,
    activation: Activation::On,
    title: "told to run as root and not to",
    docs: Docs {
        what: "A container for which `runAsNonRoot: true` and `runAsUser: 0` hold, each set by itself or by its pod.",
        why: "The kubelet refuses to start it: the pod stays at `CreateContainerConfigError`.",
        fix: "Set a `runAsUser` other than 0; or, if it has to be root, `runAsNonRoot: false` for this container.",
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
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: web:1.0
          securityContext: {runAsUser: 0}
",
    good: "\
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
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: web:1.0
          securityContext: {runAsUser: 10001}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        report.leading(workload.subject, concern(workload, &container).into_iter().collect());
    }
}

/// The fault, if the container has it.
fn concern(workload: &WorkloadSubject, container: &Container) -> Option<Concern> {
    let user = effective(workload, container, "runAsUser");
    if user.integer() != Some(0) || !effective(workload, container, "runAsNonRoot").is_true() {
        return None;
    }
    let name = container_name(container);
    let message = format!("container `{name}` has both `runAsNonRoot: true` and `runAsUser: 0`: it never starts");
    Some(RULE.concern(&user, message, "set a runAsUser other than 0".to_owned()))
}
