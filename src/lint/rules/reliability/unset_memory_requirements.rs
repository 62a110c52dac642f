//! A container has no bound for its memory.

use super::resources::is_set;
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without a memory limit.
pub static RULE: Rule = Rule {
    id: "unset-memory-requirements",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container without a bound for its memory",
    docs: Docs {
        what: "A container of which `resources.limits.memory` is not set. Many charts leave this to their users on \
               purpose.",
        why: "If the program leaks memory, the node runs out of it, and other pods are killed. Pods that ask for \
              nothing at all are killed first.",
        fix: "Set `resources.requests.memory` and `resources.limits.memory` to what the program needs.",
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
          resources: {limits: {memory: 128Mi}}
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
    if is_set(container, "limits", "memory") {
        return None;
    }
    let field = container.get("resources").get("limits").get("memory");
    let message = format!("container `{}` has no memory limit: a leak takes the node's", container_name(container));
    Some(RULE.concern(&field, message, "set `resources.limits.memory`, and the request".to_owned()))
}
