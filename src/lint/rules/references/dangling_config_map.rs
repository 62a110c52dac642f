//! Pods read a `ConfigMap` that is not rendered.

use super::dangling;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `ConfigMap` that must be in the cluster before.
pub static RULE: Rule = Rule {
    id: "dangling-config-map",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "ConfigMap that is not rendered",
    docs: Docs {
        what: "A volume, a projected source, `configMapKeyRef` or `configMapRef`, not optional, that names no \
               ConfigMap rendered in the namespace of the pods. One finding for each workload and name.",
        why: "Where it isn't in the cluster already, the containers don't start: `CreateContainerConfigError`, or \
              `ContainerCreating` for a volume.",
        fix: "Render it, use the name of the one that is rendered, or set `optional: true`.",
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
          envFrom: [{configMapRef: {name: seting}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
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
          envFrom: [{configMapRef: {name: settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::ConfigMap, |reference| Some(concern(cx, reference)));
}

/// The fault of a name that isn't rendered.
fn concern(cx: &Cx, reference: &Reference) -> Concern {
    let name = &reference.name;
    let message = format!(
        "{} reads ConfigMap `{name}`, which isn't rendered: unless it exists already, the pods don't start",
        title(reference.subject)
    );
    let fix = dangling::advice(cx, reference, "render it, or set `optional: true`");
    RULE.concern(&reference.field, message, fix)
}
