//! A container has no readiness probe.

use super::absent::check;
use crate::kube::Container;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::Concern;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without `readinessProbe`.
pub static RULE: Rule = Rule {
    id: "no-readiness-probe",
    group: Group::Probes,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "container without readiness probe",
    docs: Docs {
        what: "A container that runs on and has no `readinessProbe`. It weighs more where a rendered Service selects the \
               pod and no other container of the pod has one. Jobs, hooks, tests, pods that end, init containers and \
               sidecars are left alone.",
        why: "Without a readiness probe a container counts as ready the moment its process starts. A Service sends it \
              requests that it can't answer yet, and a rolling update replaces the next pod too early.",
        fix: "Add a `readinessProbe` that asks for something cheap on a port of the container.",
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
          ports: [{name: http, containerPort: 80}]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80}]
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
          ports: [{name: http, containerPort: 80}]
          readinessProbe:
            httpGet: {path: /, port: http}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

/// The fault, if the container has it.
pub(super) fn concern(cx: &Cx, workload: &WorkloadSubject, container: &Container) -> Option<Concern> {
    let probe = container.get("readinessProbe");
    if probe.is_present() {
        return None;
    }
    let asked = |container: &Container| container.get("readinessProbe").is_present();
    let is_served = cx.is_served(workload) && !workload.pod.containers().iter().any(asked);
    let name = container_name(container);
    let (severity, consequence) = if is_served {
        (Severity::Warning, "its Service sends requests as soon as the process starts, even if it can't answer yet")
    } else {
        (Severity::Note, "it counts as ready as soon as the process starts")
    };
    Some(Concern {
        rule: &RULE,
        severity,
        message: format!("container `{name}` has no readiness probe: {consequence}"),
        fix: format!("add a readinessProbe{} to container `{name}`", on_port(container)),
        path: probe.path().clone(),
    })
}

/// On which port to ask: the first the container declares.
fn on_port(container: &Container) -> String {
    let port = container.get("ports").item(0);
    let number = port.get("containerPort").integer().map(|number| number.to_string());
    let named = port.get("name").string().or(number);
    named.map(|port| format!(" on port `{port}`")).unwrap_or_default()
}
