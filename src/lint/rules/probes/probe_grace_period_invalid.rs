//! A probe has a grace period it may not have.

use super::probe::{Probe, probes};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `terminationGracePeriodSeconds` of a readiness probe, or one that is not positive.
pub static RULE: Rule = Rule {
    id: "probe-grace-period-invalid",
    group: Group::Probes,
    severity: Severity::Error,
    activation: Activation::On,
    title: "probe with a grace period it may not have",
    docs: Docs {
        what: "A readiness probe with `terminationGracePeriodSeconds`, or another probe whose own is less than 1.",
        why: "A failed readiness probe ends nothing, so a grace period makes no sense there. The API server refuses \
              both.",
        fix: "Remove `terminationGracePeriodSeconds` from the probe.",
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
            tcpSocket: {port: 80}
            terminationGracePeriodSeconds: 30
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
            terminationGracePeriodSeconds: 30
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
    let period = probe.field.get("terminationGracePeriodSeconds");
    let said = if probe.key == "readinessProbe" {
        period.is_present().then(|| "has a terminationGracePeriodSeconds".to_owned())?
    } else {
        let seconds = period.integer().filter(|&seconds| seconds < 1)?;
        format!("has a terminationGracePeriodSeconds of {seconds}")
    };
    let message = format!("the {} {said}: the API server refuses it", probe.title);
    Some(RULE.concern(&period, message, "remove it".to_owned()))
}
