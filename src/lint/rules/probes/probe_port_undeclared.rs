//! A probe asks on a port that the container does not declare.

use super::probe::{Probe, handler, probes};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;
use crate::value::brief;

/// A port of a probe that is not among the ports of the container that take TCP.
pub static RULE: Rule = Rule {
    id: "probe-port-undeclared",
    group: Group::Probes,
    severity: Severity::Note,
    activation: Activation::On,
    title: "probe on a port that the container does not declare",
    docs: Docs {
        what: "A probe whose port is a number that is not among the `ports` of its container, or the name of one that is \
               declared for another protocol than TCP, by which probes ask. Containers that declare no port at all are \
               left alone.",
        why: "The declared ports are documentation, so the probe may well work; but a number that stands nowhere else \
              is often a typo, or a port that was changed in one place only.",
        fix: "Correct the number, or declare the port.",
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
          ports: [{name: http, containerPort: 8080}]
          readinessProbe:
            httpGet: {path: /, port: 8081}
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
          ports: [{name: http, containerPort: 8080}]
          readinessProbe:
            httpGet: {path: /, port: 8080}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for probe in probes(cx) {
        report.leading(probe.workload.subject, concern(&probe).into_iter().collect());
    }
}

/// The fault, if the probe has it.
fn concern(probe: &Probe) -> Option<Concern> {
    let (kind, handler) = handler(&probe.field)?;
    if kind == "exec" {
        return None;
    }
    let port = handler.get("port");
    let ports = probe.container.get("ports").items();
    let of_port = |declared: &&Field| match port.integer() {
        Some(number) => declared.get("containerPort").integer() == Some(number),
        None => declared.get("name").string().is_some_and(|name| port.is(&name)),
    };
    let is_tcp = |port: &Field| port.get("protocol").string().is_none_or(|protocol| protocol == "TCP");
    let named: Vec<&Field> = ports.iter().filter(of_port).collect();
    // A name that nothing bears is graver, and another rule's.
    let is_known = if port.integer().is_some() { ports.is_empty() } else { named.is_empty() };
    if is_known || named.iter().any(|port| is_tcp(port)) {
        return None;
    }
    let (why, fix) = match named.first().and_then(|port| port.get("protocol").string()) {
        Some(protocol) => (format!("declared for {protocol}, not for TCP"), "ask on a port for TCP, or with `exec`"),
        None => ("not among its ports".to_owned(), "correct the number, or declare the port"),
    };
    let message = format!("the {} asks on port {}, which is {why}", probe.title, brief(port.value()));
    Some(RULE.concern(&port, message, fix.to_owned()))
}
