//! A container asks for no CPU.

use super::resources::is_set;
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without a CPU request.
pub static RULE: Rule = Rule {
    id: "unset-cpu-requirements",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container that asks for no CPU",
    docs: Docs {
        what: "A container of which neither `resources.requests.cpu` nor `resources.limits.cpu` (which counts as a \
               request where there is none) is set. Many charts leave this to their users on purpose.",
        why: "The scheduler puts the pod wherever it likes, however busy the node is, and the pod gets only what \
              others leave.",
        fix: "Set `resources.requests.cpu` to what the program usually needs, such as `100m`.",
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
          resources: {requests: {cpu: 100m}}
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
    if is_set(container, "requests", "cpu") || is_set(container, "limits", "cpu") {
        return None;
    }
    let field = container.get("resources").get("requests").get("cpu");
    let message = format!("container `{}` asks for no CPU: it gets what others leave", container_name(container));
    Some(RULE.concern(&field, message, "set `resources.requests.cpu`".to_owned()))
}
