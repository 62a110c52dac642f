//! Two who decide on the number of pods.

use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::autoscaler;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A number of replicas beside an autoscaler.
pub static RULE: Rule = Rule {
    id: "hpa-replicas-conflict",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "replicas set beside an autoscaler",
    docs: Docs {
        what: "A workload that sets `replicas` and that a rendered autoscaler drives.",
        why: "Every upgrade sets the number back to the one that the template says, however many pods the autoscaler \
              has found necessary.",
        fix: "Leave `replicas` out where the autoscaler is on: `{{- if not .Values.autoscaling.enabled }}` around it.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
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
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 80}
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
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
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
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 80}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        report.leading(workload.subject, concern(cx, workload).into_iter().collect());
    }
}

/// The fault, if the workload has it.
fn concern(cx: &Cx, workload: &WorkloadSubject) -> Option<Concern> {
    let field = workload.subject.object.at("spec.replicas");
    let scaler = autoscaler(cx, workload).filter(|_| field.is_present())?;
    let (kind, name) = (scaler.object.kind(), scaler.object.name());
    let message = format!("every upgrade sets the number of pods back, which {kind} `{name}` has chosen");
    let fix = "leave `replicas` out where the autoscaler is on".to_owned();
    Some(RULE.concern(&field, message, fix))
}
