//! A container listens on a port for which it may need rights.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container port below 1024.
pub static RULE: Rule = Rule {
    id: "privileged-ports",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "port below 1024",
    docs: Docs {
        what: "A container port between 1 and 1023.",
        why: "On some systems a program needs rights for such a port which it has no other use for.",
        fix: "Listen on 8080, and let the Service map it.",
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
          ports: [{containerPort: 80}]
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
          ports: [{containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        for port in container.get("ports").items() {
            let field = port.get("containerPort");
            if let Some(number) = field.integer().filter(|number| (1..1024).contains(number)) {
                let name = container_name(&container);
                let message = format!("container `{name}` listens on port {number}, for which it may need rights");
                let fix = "listen on a port above 1023; the Service can map it".to_owned();
                report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
            }
        }
    }
}
