//! A container may use all processors.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without a limit of CPU.
pub static RULE: Rule = Rule {
    id: "unset-cpu-limit",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "container without a limit of CPU",
    docs: Docs {
        what: "A container that runs on without `resources.limits.cpu`.",
        why: "It may use what is left of the node. A limit, though, slows it down even where the node has nothing else \
              to do: most leave it out.",
        fix: "Write `resources.limits.cpu`.",
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
          resources: {limits: {cpu: 500m}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers().filter(|(_, container)| container.is_long_running()) {
        let field = container.get("resources").get("limits").get("cpu");
        if !field.is_present() {
            let message = format!("container `{}` has no limit of CPU", container_name(&container));
            let fix = "set `resources.limits.cpu`".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
