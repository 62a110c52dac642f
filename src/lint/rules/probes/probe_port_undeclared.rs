//! A probe asks on a port that the container does not declare.

use super::probe::{Probe, handler, probes};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A numeric port of a probe that is not among the ports of the container.
pub static RULE: Rule = Rule {
    id: "probe-port-undeclared",
    group: Group::Probes,
    severity: Severity::Note,
    activation: Activation::On,
    title: "probe on a port that the container does not declare",
    docs: Docs {
        what: "A probe whose port is a number that is not among the `ports` of its container. Containers that declare \
               no port at all are left alone.",
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
    let number = port.integer()?;
    let ports = probe.container.get("ports").items();
    let is_tcp = |port: &Field| port.get("protocol").string().is_none_or(|protocol| protocol == "TCP");
    let is_declared = |port: &Field| is_tcp(port) && port.get("containerPort").integer() == Some(number);
    if ports.is_empty() || ports.iter().any(is_declared) {
        return None;
    }
    let message = format!("the {} asks on port {number}, which is not among its ports", probe.title);
    Some(RULE.concern(&port, message, "correct the number, or declare the port".to_owned()))
}
