//! A container is killed before it is asked whether it is ready.

use super::absent::wants_probes;
use super::probe::{initial_delay, patience};
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A liveness probe that gives up before the readiness probe begins.
pub static RULE: Rule = Rule {
    id: "liveness-before-readiness",
    group: Group::Probes,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "killed before it can be ready",
    docs: Docs {
        what: "A container without startup probe whose liveness probe fails (`initialDelaySeconds` and \
               `failureThreshold` times `periodSeconds`) before the `initialDelaySeconds` of its readiness probe are \
               over.",
        why: "Whatever needs as long to start as the readiness probe supposes is killed before, and starts again: a \
              restart loop.",
        fix: "Add a `startupProbe`, or let the liveness probe wait longer than the readiness probe.",
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
          readinessProbe:
            httpGet: {path: /, port: 80}
            initialDelaySeconds: 60
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
          startupProbe:
            tcpSocket: {port: 80}
            failureThreshold: 12
          livenessProbe:
            tcpSocket: {port: 80}
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
    if !liveness.is_present() || container.get("startupProbe").is_present() {
        return None;
    }
    let killed = initial_delay(&liveness).saturating_add(patience(&liveness));
    let asked = initial_delay(&readiness);
    let name = container_name(container);
    let message = format!(
        "container `{name}` is killed after {killed} seconds without an answer, but asked whether it is ready only \
         after {asked}"
    );
    let fix = "add a startupProbe, or raise the delay of the liveness probe".to_owned();
    (killed < asked).then(|| RULE.concern(&liveness, message, fix))
}
