//! A liveness or startup probe wants to succeed more than once.

use super::probe::{Probe, probes};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `successThreshold` other than 1 where only 1 is allowed.
pub static RULE: Rule = Rule {
    id: "probe-success-threshold",
    group: Group::Probes,
    severity: Severity::Error,
    activation: Activation::On,
    title: "liveness or startup probe with a success threshold",
    docs: Docs {
        what: "A liveness or startup probe whose `successThreshold` is not 1.",
        why: "Only a readiness probe may ask for several successes in a row. The API server refuses any other number \
              than 1 for the others.",
        fix: "Remove `successThreshold`, or set it to 1.",
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
          livenessProbe:
            tcpSocket: {port: 80}
            successThreshold: 2
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
          livenessProbe:
            tcpSocket: {port: 80}
            successThreshold: 1
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
    let threshold = probe.field.get("successThreshold");
    let number = threshold.integer().filter(|number| !matches!(number, 0 | 1))?;
    if probe.key == "readinessProbe" {
        return None;
    }
    let message = format!("the {} has a successThreshold of {number}: the API server allows only 1", probe.title);
    Some(RULE.concern(&threshold, message, "set `successThreshold: 1`".to_owned()))
}
