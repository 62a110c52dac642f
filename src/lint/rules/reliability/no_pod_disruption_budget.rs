//! All pods of a workload may be evicted at once.

use crate::kube::{Selector, WorkloadKind};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload with several pods and no budget.
pub static RULE: Rule = Rule {
    id: "no-pod-disruption-budget",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "pods without a budget",
    docs: Docs {
        what: "A Deployment or StatefulSet with more than one pod, or that doesn't say how many, that no rendered \
               PodDisruptionBudget selects.",
        why: "When nodes are drained all its pods may be evicted at the same time.",
        fix: "Add a PodDisruptionBudget with `maxUnavailable: 1`.",
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
",
    good: "\
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
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let budgets = cx.of_kind("policy", "PodDisruptionBudget").map(|budget| {
        let selector = Selector::from_field(&budget.object.at("spec.selector"));
        (cx.namespace(budget.object), selector)
    });
    let budgets: Vec<_> = budgets.collect();
    for workload in cx.workloads() {
        let is_kept = matches!(workload.workload.kind, WorkloadKind::Deployment | WorkloadKind::StatefulSet);
        // Of how many there are somebody may decide later, where nothing is said.
        let is_said = workload.subject.object.at("spec.replicas").is_present();
        if !is_kept || is_said && Scale::of(cx, workload).most.is_some_and(|most| most < 2) {
            continue;
        }
        let (namespace, labels) = (cx.namespace(workload.subject.object), workload.workload.pod_labels());
        let selects = |(own, selector): &(String, Selector)| {
            *own == namespace && !selector.is_empty() && selector.matches_field(&labels)
        };
        if !budgets.iter().any(selects) {
            let message = "no budget keeps some of the pods when nodes are drained".to_owned();
            let fix = "add a PodDisruptionBudget that selects them".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&labels, message, fix)]);
        }
    }
}
