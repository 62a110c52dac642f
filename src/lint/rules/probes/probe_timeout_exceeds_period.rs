//! A probe may take longer than the time to the next.

use super::probe::{Probe, period, probes, timeout};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `timeoutSeconds` greater than `periodSeconds`.
pub static RULE: Rule = Rule {
    id: "probe-timeout-exceeds-period",
    group: Group::Probes,
    severity: Severity::Note,
    activation: Activation::On,
    title: "probe that may take longer than its period",
    docs: Docs {
        what: "A probe whose `timeoutSeconds` (1 where none is written) is greater than its `periodSeconds` (10 where \
               none is written).",
        why: "The next question is due before the last one has been given up, so a probe that hangs takes longer to \
              fail than the numbers say.",
        fix: "Let `timeoutSeconds` be at most `periodSeconds`.",
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
            timeoutSeconds: 30
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
            tcpSocket: {port: 80}
            timeoutSeconds: 30
            periodSeconds: 30
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
    let (timeout, period) = (timeout(&probe.field), period(&probe.field));
    let message = format!("the {} may take {timeout} seconds, but is asked every {period} seconds", probe.title);
    let fix = format!("set timeoutSeconds to at most {period}, or ask less often");
    (timeout > period).then(|| RULE.concern(&probe.field.get("timeoutSeconds"), message, fix))
}
