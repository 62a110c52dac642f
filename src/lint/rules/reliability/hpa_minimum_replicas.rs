//! An autoscaler may leave fewer than three pods.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An autoscaler with `minReplicas` below three.
pub static RULE: Rule = Rule {
    id: "hpa-minimum-replicas",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "autoscaler that leaves fewer than three pods",
    docs: Docs {
        what: "A HorizontalPodAutoscaler whose `minReplicas` (1 where it isn't said) is below three.",
        why: "In quiet times few pods are left, and a drained node takes a large part of them.",
        fix: "Write `minReplicas: 3`.",
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
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 10
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
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
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 10
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    const WANTED: i64 = 3;
    for scaler in cx.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        let field = scaler.object.at("spec.minReplicas");
        let least = if field.is_present() { field.integer() } else { Some(1) };
        if let Some(least) = least.filter(|least| *least < WANTED) {
            let message = format!("the autoscaler may leave {least} of at least {WANTED} pods");
            report.leading(scaler, vec![RULE.concern(&field, message, "set `minReplicas: 3`".to_owned())]);
        }
    }
}
