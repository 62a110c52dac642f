//! An autoscaler that can't scale.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An autoscaler whose bounds are the same number.
pub static RULE: Rule = Rule {
    id: "hpa-min-equals-max",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "autoscaler without room",
    docs: Docs {
        what: "A HorizontalPodAutoscaler whose `minReplicas` (1 where it isn't said) and `maxReplicas` are the same.",
        why: "It never makes more pods, nor fewer: it only looks as if the workload scaled.",
        fix: "Raise `maxReplicas`, or leave the autoscaler out and write `replicas`.",
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
  minReplicas: 3
  maxReplicas: 3
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
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for scaler in cx.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        let spec = scaler.object.spec();
        let (least, most) = (spec.get("minReplicas"), spec.get("maxReplicas"));
        let least = if least.is_present() { least.integer() } else { Some(1) };
        if let (Some(least), Some(number)) = (least, most.integer())
            && least == number
        {
            let message = format!("the autoscaler keeps {number} pods whatever the load is: both bounds are the same");
            let fix = "raise `maxReplicas`, or do without the autoscaler".to_owned();
            report.leading(scaler, vec![RULE.concern(&most, message, fix)]);
        }
    }
}
