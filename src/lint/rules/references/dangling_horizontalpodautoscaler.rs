//! An autoscaler has nothing to scale.

use super::dangling;
use crate::kube::GroupVersionKind;
use crate::lint::custom::may_make_objects;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An autoscaler whose target isn't rendered.
pub static RULE: Rule = Rule {
    id: "dangling-horizontalpodautoscaler",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "autoscaler of a workload that is not rendered",
    docs: Docs {
        what: "A HorizontalPodAutoscaler whose `scaleTargetRef` (group, kind and name) names nothing that is rendered \
               in its namespace.",
        why: "The autoscaler has nothing to scale, and says so only in its events: `FailedGetScale`.",
        fix: "Use the helper that names the workload, and its `apiVersion` and `kind`.",
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
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}
  minReplicas: 2
  maxReplicas: 5
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
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
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::ScaleTarget, |reference| Some(concern(cx, reference)));
}

/// The fault of a target that isn't rendered.
fn concern(cx: &Cx, reference: &Reference) -> Concern {
    let Reference { kind, name, group, namespace, .. } = reference;
    let message =
        format!("{} scales {kind} `{name}`, which isn't rendered: it has nothing to scale", title(reference.subject));
    let mut twins = cx.subjects().filter(|subject| {
        subject.object.kind() == *kind && subject.object.name() == *name && cx.namespace(subject.object) == *namespace
    });
    let fix = match twins.next() {
        Some(twin) => format!("{kind} `{name}` is of `{}`: name that as `apiVersion`", twin.object.api_version()),
        None => dangling::advice(cx, reference, "name a workload that is rendered"),
    };
    let is_custom = may_make_objects(&GroupVersionKind::new(&format!("{group}/v1"), kind));
    let severity = if is_custom { Severity::Note } else { RULE.severity };
    Concern { severity, ..RULE.concern(&reference.field, message, fix) }
}
