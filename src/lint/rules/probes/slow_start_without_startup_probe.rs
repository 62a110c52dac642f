//! A liveness probe waits long where a startup probe would wait as long as needed.

use super::absent::wants_probes;
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A liveness probe that waits a minute or more, without a startup probe.
pub static RULE: Rule = Rule {
    id: "slow-start-without-startup-probe",
    group: Group::Probes,
    severity: Severity::Note,
    activation: Activation::On,
    title: "long initial delay instead of a startup probe",
    docs: Docs {
        what: "A container whose liveness probe has an `initialDelaySeconds` of 60 or more, and no `startupProbe`.",
        why: "The delay is waited for at every start, however quick, and a hang in this time is not noticed. A startup \
              probe ends as soon as the program is up, and may be far more patient.",
        fix: "Add a `startupProbe` that asks the same, with a large `failureThreshold`, and remove the delay.",
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
            initialDelaySeconds: 120
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
    let delay = container.get("livenessProbe").get("initialDelaySeconds");
    let seconds = delay.integer().filter(|&seconds| seconds >= 60)?;
    if container.get("startupProbe").is_present() {
        return None;
    }
    let name = container_name(container);
    let message = format!("the liveness probe of container `{name}` waits {seconds} seconds at every start");
    Some(RULE.concern(&delay, message, "add a startupProbe that asks the same, and remove the delay".to_owned()))
}
