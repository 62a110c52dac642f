//! A Service sends requests to a named port that its pods do not have.

use crate::kube::{Container, Field};
use crate::lint::cx::{Cx, Service};
use crate::lint::nearest::likely;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A named `targetPort` that no container of the selected pods declares.
pub static RULE: Rule = Rule {
    id: "service-target-port-not-found",
    group: Group::Networking,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "targetPort that the pods do not name",
    docs: Docs {
        what: "A Service with a named `targetPort` which no container of the rendered pods that it selects declares. \
               It weighs more where no port of the Service can be reached, and less of a headless one, whose pods are \
               reached by their own addresses.",
        why: "The name is looked up in each pod. Where no container bears it, the port of the Service leads nowhere, \
              and nobody is told; a headless Service has no SRV record for it.",
        fix: "Use the name of a port in `ports` of the container, or its number.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: web}, {name: other, port: 81, targetPort: 8080}]
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
  ports: [{name: http, port: 80, targetPort: http}, {name: other, port: 81, targetPort: 8080}]
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
        let pods = selected(cx, service);
        let names = port_names(&pods);
        let ports: Vec<Field> =
            service.object.at("spec.ports").items().iter().map(|port| port.get("targetPort")).collect();
        let missing = |port: &Field| port.string().filter(|name| !name.is_empty() && !names.contains(name));
        let leads_nowhere = ports.iter().all(|port| missing(port).is_some());
        let severity = match (service.is_headless(), leads_nowhere) {
            (true, _) => Severity::Note,
            (false, true) => Severity::Error,
            (false, false) => RULE.severity,
        };
        for port in ports.iter().filter(|_| !pods.is_empty()) {
            let found = missing(port).map(|name| concern(service, port, &name, &names));
            let weighed = found.map(|found| Concern { severity, ..found });
            report.leading(service.subject, weighed.into_iter().collect());
        }
    }
}

/// The pods a Service is meant for: those that run on, or else all it selects.
fn selected<'c>(cx: &'c Cx<'c>, service: &Service) -> Vec<&'c Pods<'c>> {
    let is_alias = service.object.at("spec.type").is("ExternalName");
    let is_selected = |pods: &&Pods| {
        pods.namespace == service.namespace && !service.selector.is_empty() && pods.satisfy(&service.selector)
    };
    let all: Vec<_> = cx.pods().iter().filter(is_selected).filter(|_| !is_alias).collect();
    let staying: Vec<_> = all.iter().copied().filter(|pods| pods.stay()).collect();
    if staying.is_empty() { all } else { staying }
}

/// The names of the ports of their containers.
fn port_names(pods: &[&Pods]) -> Vec<String> {
    let containers = pods.iter().flat_map(|pods| pods.spec.all_containers()).filter(Container::is_long_running);
    let ports = containers.flat_map(|container| container.get("ports").items());
    ports.filter_map(|port| port.get("name").string()).collect()
}

/// The fault of a port whose name no container bears.
fn concern(service: &Service, port: &Field, name: &str, names: &[String]) -> Concern {
    let does = if service.is_headless() { "publishes" } else { "sends requests to" };
    let message = format!("Service `{}` {does} port `{name}`, which no container of its pods names", service.name);
    let fix = match likely(name, names.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `targetPort: {meant}`? The pods have {}", listed(names)),
        None if names.is_empty() => format!("name a port of the container `{name}`, or use its number"),
        None => format!("name a port of the container `{name}`, or use one of {}", listed(names)),
    };
    RULE.concern(port, message, fix)
}
