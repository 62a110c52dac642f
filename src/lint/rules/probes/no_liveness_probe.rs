//! A container has no liveness probe.

use super::absent::check;
use crate::kube::Container;
use crate::lint::report::Concern;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without `livenessProbe`.
pub static RULE: Rule = Rule {
    id: "no-liveness-probe",
    group: Group::Probes,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container without liveness probe",
    docs: Docs {
        what: "A container that runs on and has no `livenessProbe`. Jobs, hooks, tests, pods that end, init containers \
               and sidecars are left alone.",
        why: "A process that hangs is not started anew: Kubernetes only notices when it ends. Still, a bad liveness \
              probe is worse than none, for it kills what is merely busy.",
        fix: "If the process can hang, add a `livenessProbe` that asks for something local and cheap, and let it be more \
              patient than the readiness probe (a larger `failureThreshold`).",
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
        - name: nginx
          image: nginx
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
        - name: nginx
          image: nginx
          readinessProbe:
            httpGet: {path: /, port: 80}
          livenessProbe:
            tcpSocket: {port: 80}
            failureThreshold: 6
",
    check,
};

/// The fault, if the container has it.
pub(super) fn concern(container: &Container) -> Option<Concern> {
    let probe = container.get("livenessProbe");
    if probe.is_present() {
        return None;
    }
    let name = container_name(container);
    Some(Concern {
        rule: &RULE,
        severity: RULE.severity,
        message: format!("container `{name}` has no liveness probe: if its process hangs, nobody starts it anew"),
        fix: format!("if it can hang, add a patient livenessProbe to container `{name}`"),
        path: probe.path().clone(),
    })
}
