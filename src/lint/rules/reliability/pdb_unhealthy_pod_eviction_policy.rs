//! Pods that don't work keep a node from being drained.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A budget without `unhealthyPodEvictionPolicy`.
pub static RULE: Rule = Rule {
    id: "pdb-unhealthy-pod-eviction-policy",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "budget that also protects pods which don't work",
    docs: Docs {
        what: "A PodDisruptionBudget without `unhealthyPodEvictionPolicy`.",
        why: "Pods that never become ready then count as unavailable, and none of them may be evicted: the node can't \
              be drained.",
        fix: "Write `unhealthyPodEvictionPolicy: AlwaysAllow`.",
    },
    bad: "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
---
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
",
    good: "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
  unhealthyPodEvictionPolicy: AlwaysAllow
---
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for budget in cx.of_kind("policy", "PodDisruptionBudget") {
        let field = budget.object.at("spec.unhealthyPodEvictionPolicy");
        if !field.is_present() {
            let message = "pods that don't work can't be evicted, and keep their node from being drained".to_owned();
            let fix = "set `unhealthyPodEvictionPolicy: AlwaysAllow`".to_owned();
            report.leading(budget, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
