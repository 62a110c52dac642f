//! Two ports have the same name or number.

use std::collections::BTreeSet;

use super::ports::protocol;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Two ports of a container or a Service that can't be told apart.
pub static RULE: Rule = Rule {
    id: "duplicate-port-name",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two ports of the same name",
    docs: Docs {
        what: "Two entries in `ports` of a container with the same `name`; two of a Service with the same `name`, or \
               with the same `port` and `protocol`.",
        why: "The API server refuses the object: `Duplicate value`.",
        fix: "Rename one of them, give it another number, or remove it.",
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
          ports: [{name: http, containerPort: 8080}, {name: http, containerPort: 8081}]
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
          ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 8081}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for container in pods.spec.all_containers() {
            let title = format!("container `{}`", container_name(&container));
            for port in repeated(&container.get("ports"), name) {
                report.leading(pods.subject, vec![same_name(&title, &port)]);
            }
        }
    }
    for service in cx.services() {
        let (title, ports) = (format!("Service `{}`", service.name), service.object.at("spec.ports"));
        for port in repeated(&ports, name) {
            report.leading(service.subject, vec![same_name(&title, &port)]);
        }
        for port in repeated(&ports, number) {
            report.leading(service.subject, vec![same_number(&title, &port)]);
        }
    }
}

fn name(port: &Field) -> Option<String> {
    port.get("name").string().filter(|name| !name.is_empty())
}

fn number(port: &Field) -> Option<String> {
    Some(format!("{}/{}", port.get("port").integer()?, protocol(port)))
}

/// The ports of a list that have something which one before them had.
fn repeated(ports: &Field, had: fn(&Field) -> Option<String>) -> Vec<Field> {
    let mut seen = BTreeSet::new();
    let is_repeated = |port: &Field| had(port).is_some_and(|it| !seen.insert(it));
    ports.items().into_iter().filter(is_repeated).collect()
}

/// The fault of the second of two ports with one name.
fn same_name(title: &str, port: &Field) -> Concern {
    let written = name(port).unwrap_or_default();
    let message = format!("{title} has two ports named `{written}`: the API server refuses it");
    RULE.concern(&port.get("name"), message, "rename one of them".to_owned())
}

/// The fault of the second of two ports with one number.
fn same_number(title: &str, port: &Field) -> Concern {
    let written = number(port).unwrap_or_default();
    let message = format!("{title} has port {written} twice: the API server refuses it");
    RULE.concern(&port.get("port"), message, "give one of them another number, or remove it".to_owned())
}
