//! Liveness and readiness ask the same, equally patiently.

use super::absent::wants_probes;
use super::probe::{patience, question};
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A liveness probe that asks the same as the readiness probe and is no more patient.
pub static RULE: Rule = Rule {
    id: "identical-probes",
    group: Group::Probes,
    severity: Severity::Note,
    activation: Activation::On,
    title: "liveness and readiness probe are the same",
    docs: Docs {
        what: "A container whose liveness and readiness probe ask the same question, and whose liveness probe fails no \
               later (`failureThreshold` times `periodSeconds`).",
        why: "Under a short overload the pod is taken from its Service and killed at the same time, instead of being \
              given time to recover: the load then falls on the others.",
        fix: "Let the liveness probe ask something simpler, or raise its `failureThreshold`.",
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
            httpGet: {path: /, port: 80}
          readinessProbe:
            httpGet: {path: /, port: 80}
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
            httpGet: {path: /, port: 80}
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: /, port: 80}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| wants_probes(workload)) {
        for container in workload.pod.containers() {
            report.leading(workload.subject, concern(&container).into_iter().collect());
        }
    }
}

/// The fault, if the container has it.
fn concern(container: &Container) -> Option<Concern> {
    let (liveness, readiness) = (container.get("livenessProbe"), container.get("readinessProbe"));
    let asked = question(&liveness, container)?;
    if question(&readiness, container)? != asked || patience(&liveness) > patience(&readiness) {
        return None;
    }
    let name = container_name(container);
    let message = format!(
        "liveness and readiness probe of container `{name}` ask the same: an overload kills it when it should recover"
    );
    let fix = "raise the failureThreshold of the liveness probe, or let it ask something simpler";
    Some(RULE.concern(&liveness, message, fix.to_owned()))
}
