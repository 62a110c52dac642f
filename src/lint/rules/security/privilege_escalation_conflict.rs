//! A container asks for rights and renounces them.

use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container that may gain no rights and has them all.
pub static RULE: Rule = Rule {
    id: "privilege-escalation-conflict",
    group: Group::Security,
    severity: Severity::Error,
    activation: Activation::On,
    title: "container that asks for what it renounces",
    docs: Docs {
        what: "A container with `allowPrivilegeEscalation: false` that is privileged, or adds the capability \
               `CAP_SYS_ADMIN` in that spelling.",
        why: "The API server takes that for a contradiction, and refuses the pod.",
        fix: "Remove one of the two.",
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
          securityContext: {privileged: true, allowPrivilegeEscalation: false}
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
      containers:
        - name: web
          image: web:1.0
          securityContext: {allowPrivilegeEscalation: false}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        report.leading(workload.subject, concern(&container).into_iter().collect());
    }
}

/// The fault, if the container has it.
fn concern(container: &Container) -> Option<Concern> {
    let context = container.get("securityContext");
    let escalation = context.get("allowPrivilegeEscalation");
    if escalation.bool() != Some(false) {
        return None;
    }
    // The API server looks for this spelling, which no runtime needs.
    let adds = || context.at("capabilities.add").items().iter().any(|added| added.is("CAP_SYS_ADMIN"));
    let other = if context.get("privileged").is_true() {
        "is privileged"
    } else if adds() {
        "adds CAP_SYS_ADMIN"
    } else {
        return None;
    };
    let name = container_name(container);
    let message = format!("container `{name}` {other} and may gain no rights: the API server refuses the pods");
    Some(RULE.concern(&escalation, message, "remove one of the two".to_owned()))
}
