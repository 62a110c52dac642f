//! Pods or an Ingress read a Secret that is not rendered.

use super::dangling;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Secret that must be in the cluster before.
pub static RULE: Rule = Rule {
    id: "dangling-secret",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "Secret that is not rendered",
    docs: Docs {
        what: "A volume, a projected source, `secretKeyRef` or `secretRef`, not optional, or a certificate of an \
               Ingress, that names no Secret rendered in the namespace. Certificates that an annotation has made are \
               left alone. One finding for each object and name.",
        why: "Where it isn't in the cluster already, the containers don't start: `CreateContainerConfigError`, or \
              `ContainerCreating` for a volume. An Ingress serves a certificate of its controller instead.",
        fix: "Render it, use the name of the one that is rendered, or say in the values that an existing Secret is \
              expected.",
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
          envFrom: [{secretRef: {name: logn}}]
---
apiVersion: v1
kind: Secret
metadata:
  name: login
stringData: {password: x}
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
          envFrom: [{secretRef: {name: login}}]
---
apiVersion: v1
kind: Secret
metadata:
  name: login
stringData: {password: x}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::Secret, |reference| Some(concern(cx, reference)));
}

/// The fault of a name that isn't rendered.
fn concern(cx: &Cx, reference: &Reference) -> Concern {
    let name = &reference.name;
    let is_ingress = reference.subject.object.kind() == "Ingress";
    let fate = if is_ingress { "it serves another certificate" } else { "the pods don't start" };
    let message = format!(
        "{} reads Secret `{name}`, which isn't rendered: unless it exists already, {fate}",
        title(reference.subject)
    );
    let fix = dangling::advice(cx, reference, "render it, or say that an existing one is expected");
    RULE.concern(&reference.field, message, fix)
}
