//! More pods at the least than at the most.

use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An autoscaler whose least is above its most.
pub static RULE: Rule = Rule {
    id: "hpa-min-exceeds-max",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "autoscaler whose least is above its most",
    docs: Docs {
        what: "A HorizontalPodAutoscaler whose `minReplicas` (1 where it isn't set) is greater than its \
               `maxReplicas`.",
        why: "The API server refuses it. Often only one of the two was set anew, and the other one is a default of the \
              chart.",
        fix: "Raise `maxReplicas`, or lower `minReplicas`.",
    },
    bad: "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 6
  maxReplicas: 5
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 80}
",
    good: "\
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
    for scaler in cx.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        report.leading(scaler, concern(scaler).into_iter().collect());
    }
}

/// The fault, if the autoscaler has it.
fn concern(scaler: Subject) -> Option<Concern> {
    let spec = scaler.object.spec();
    let least = spec.get("minReplicas").integer().unwrap_or(1);
    let field = spec.get("maxReplicas");
    let most = field.integer().filter(|&most| least > most)?;
    let message = format!("at least {least} pods, but at most {most}: the API server refuses it");
    Some(RULE.concern(&field, message, format!("raise it to {least} or more, or lower `minReplicas`")))
}
