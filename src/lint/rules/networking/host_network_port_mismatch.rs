//! A pod in the network of the node has two numbers for one port.

use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A port with two numbers in a pod that shares the network of its node.
pub static RULE: Rule = Rule {
    id: "host-network-port-mismatch",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two numbers for one port in the network of the node",
    docs: Docs {
        what: "A pod with `hostNetwork: true` and a container port whose `hostPort` isn't its `containerPort`.",
        why: "In the network of the node the port of the container is the port of the node; the API server refuses \
              anything else: `must match containerPort when hostNetwork is true`.",
        fix: "Leave `hostPort` out, or make both the same.",
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
      hostNetwork: true
      containers:
        - name: web
          image: web:1.0
          ports: [{name: http, containerPort: 8080, hostPort: 80}]
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
      hostNetwork: true
      containers:
        - name: web
          image: web:1.0
          ports: [{name: http, containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods().iter().filter(|pods| pods.spec.get("hostNetwork").is_true()) {
        for container in pods.spec.all_containers() {
            for port in container.get("ports").items() {
                report.leading(pods.subject, concern(&container, &port).into_iter().collect());
            }
        }
    }
}

/// The fault, if the port has it.
fn concern(container: &Container, port: &Field) -> Option<Concern> {
    let (field, inner) = (port.get("hostPort"), port.get("containerPort").integer()?);
    let outer = field.integer().filter(|outer| *outer != 0 && *outer != inner)?;
    let message = format!(
        "container `{}` is in the network of the node, where port {inner} can't be {outer}: the API server refuses it",
        container_name(container)
    );
    Some(RULE.concern(&field, message, "leave `hostPort` out".to_owned()))
}
