//! A Service takes one certain port of every node.

use crate::kube::Field;
use crate::lint::cx::{Cx, Service};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A port of the nodes that is chosen beforehand.
pub static RULE: Rule = Rule {
    id: "fixed-node-port",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::On,
    title: "fixed port of the nodes",
    docs: Docs {
        what: "A Service with `nodePort` set. One outside of 30000 to 32767, the range of most clusters, weighs more.",
        why: "A port of the nodes can be had once in the cluster: a second release of the chart fails, and so does the \
              first where somebody else has it.",
        fix: "Leave `nodePort` out, and let the cluster choose; or let a value say it.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, nodePort: 30080}]
---
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
          ports: [{name: http, containerPort: 8080}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80}]
---
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
          ports: [{name: http, containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services() {
        for port in service.object.at("spec.ports").items() {
            report.leading(service.subject, concern(service, &port.get("nodePort")).into_iter().collect());
        }
    }
}

/// The fault, if the port has it.
fn concern(service: &Service, port: &Field) -> Option<Concern> {
    let number = port.integer().filter(|number| *number != 0)?;
    let fix = "leave `nodePort` out, and let the cluster choose".to_owned();
    if (30000..=32767).contains(&number) {
        let message = format!("Service `{}` takes port {number} of every node: no second one can", service.name);
        return Some(RULE.concern(port, message, fix));
    }
    let message = format!(
        "Service `{}` takes port {number} of every node, which is outside of 30000 to 32767: most clusters refuse it",
        service.name
    );
    Some(Concern { severity: Severity::Warning, ..RULE.concern(port, message, fix) })
}
