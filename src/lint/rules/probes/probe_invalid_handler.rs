//! A probe asks in no way, or in several.

use super::probe::{HANDLERS, Probe, probes};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A probe without exactly one handler, or whose handler has no port.
pub static RULE: Rule = Rule {
    id: "probe-invalid-handler",
    group: Group::Probes,
    severity: Severity::Error,
    activation: Activation::On,
    title: "probe with no way of asking, or several",
    docs: Docs {
        what: "A probe with none, or more than one, of `exec`, `httpGet`, `tcpSocket` and `grpc`; or one of the latter \
               three without `port`.",
        why: "The API server refuses the pod. A second handler often comes from merged values: a default of the chart \
              stays beside what was set.",
        fix: "Keep exactly one handler; where the other one is a default of the values, set it to `null`.",
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
          readinessProbe:
            httpGet: {path: /, port: 80}
            tcpSocket: {port: 80}
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
          readinessProbe:
            httpGet: {path: /, port: 80}
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
    let written: Vec<&str> = HANDLERS.into_iter().filter(|key| probe.field.get(key).is_present()).collect();
    let Some(&[kind]) = written.get(..).filter(|written| written.len() == 1) else {
        let (said, fix) = match written.as_slice() {
            [] => ("has no handler".to_owned(), "add one of httpGet, tcpSocket, grpc and exec"),
            several => (format!("has several handlers, {}", listed(several)), "keep one of them"),
        };
        let message = format!("the {} {said}: the API server refuses it", probe.title);
        return Some(RULE.concern(&probe.field, message, fix.to_owned()));
    };
    let port = probe.field.get(kind).get("port");
    if kind == "exec" || port.is_present() {
        return None;
    }
    let message = format!("the {} has no port in `{kind}`: the API server refuses it", probe.title);
    Some(RULE.concern(&port, message, format!("add `port` to {kind}")))
}
