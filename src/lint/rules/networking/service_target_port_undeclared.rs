//! A Service sends requests to a port that no container declares.

use crate::kube::{Container, Field};
use crate::lint::cx::{Cx, Service};
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A number for `targetPort` which no container of the selected pods declares.
pub static RULE: Rule = Rule {
    id: "service-target-port-undeclared",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::On,
    title: "targetPort that no container declares",
    docs: Docs {
        what: "A Service with an address of its own and a numeric `targetPort` (or `port`, where there is none) which \
               no container of the rendered pods it selects lists in `ports`. Containers that list no ports say \
               nothing.",
        why: "It works where the program listens there all the same, but often it is a slip.",
        fix: "Use the number that the container declares, or better its name.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8081}]
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
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
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
    for service in cx.services().iter().filter(|service| !service.is_headless()) {
        let declared = declared(cx, service);
        for port in service.object.at("spec.ports").items() {
            report.leading(service.subject, concern(service, &port, &declared).into_iter().collect());
        }
    }
}

/// The numbers of the ports that the selected pods list.
fn declared(cx: &Cx, service: &Service) -> Vec<i64> {
    let is_selected = |pods: &&Pods| {
        pods.namespace == service.namespace && !service.selector.is_empty() && pods.satisfy(&service.selector)
    };
    let containers = cx.pods().iter().filter(is_selected).flat_map(|pods| pods.spec.all_containers());
    let containers = containers.filter(Container::is_long_running);
    let ports = containers.flat_map(|container| container.get("ports").items());
    ports.filter_map(|port| port.get("containerPort").integer()).collect()
}

/// The fault, if the port has it.
fn concern(service: &Service, port: &Field, declared: &[i64]) -> Option<Concern> {
    let target = port.get("targetPort");
    // Neither 0 nor an empty text counts.
    let is_named = target.is_present() && !target.is("") && target.integer() != Some(0);
    let field = if is_named { target } else { port.get("port") };
    let number = field.integer().filter(|number| !declared.contains(number))?;
    let listed = listed(&declared.iter().map(i64::to_string).collect::<Vec<_>>());
    let message =
        format!("Service `{}` sends requests to port {number}, which no container of its pods declares", service.name);
    let concern = || RULE.concern(&field, message, format!("use a port that the pods declare: {listed}"));
    (!declared.is_empty()).then(concern)
}
