//! An init container has a probe.

use crate::kube::ContainerRole;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A probe or lifecycle hook of a container that runs to its end before the pod starts.
pub static RULE: Rule = Rule {
    id: "probe-on-init-container",
    group: Group::Probes,
    severity: Severity::Error,
    activation: Activation::On,
    title: "probe on an init container",
    docs: Docs {
        what: "An init container with `livenessProbe`, `readinessProbe`, `startupProbe` or `lifecycle`, and without \
               `restartPolicy: Always`.",
        why: "An init container runs to its end, so there is nothing to probe: the API server refuses the pod. Only \
              sidecars (init containers with `restartPolicy: Always`) may have probes.",
        fix: "Remove the probe, or make the container a sidecar.",
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
      initContainers:
        - name: wait
          image: wait:1.0
          readinessProbe:
            tcpSocket: {port: 80}
      containers:
        - name: web
          image: web:1.0
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
      initContainers:
        - name: wait
          image: wait:1.0
          restartPolicy: Always
          readinessProbe:
            tcpSocket: {port: 80}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers().filter(|(_, container)| container.role() == ContainerRole::Init) {
        for key in ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"] {
            let field = container.get(key);
            if field.is_present() {
                let name = container_name(&container);
                let message = format!("init container `{name}` has a {key}: the API server refuses it");
                let fix = format!("remove {key}, or make it a sidecar with `restartPolicy: Always`");
                report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
            }
        }
    }
}
