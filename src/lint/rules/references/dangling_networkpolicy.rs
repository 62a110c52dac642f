//! A network policy that protects no pods.

use super::selectors::{is_satisfied, written};
use crate::kube::Selector;
use crate::lint::cx::{Cx, Subject};
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A network policy whose selector no rendered pods satisfy.
pub static RULE: Rule = Rule {
    id: "dangling-networkpolicy",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "network policy that selects no rendered pods",
    docs: Docs {
        what: "A NetworkPolicy with a `podSelector` which the pods of no rendered workload in its namespace satisfy. \
               An empty selector means every pod, and is left alone.",
        why: "The policy protects nobody; the pods it was written for are open.",
        fix: "Use the labels by which the workload selects its pods.",
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels: {app: website}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels: {app: web}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("networking.k8s.io", "NetworkPolicy") {
        report.leading(subject, concern(cx, subject).into_iter().collect());
    }
}

/// The fault, if the policy has it.
fn concern(cx: &Cx, policy: Subject) -> Option<Concern> {
    let field = policy.object.at("spec.podSelector");
    let selector = Selector::from_field(&field);
    if selector.is_empty() || is_satisfied(cx, &selector, &cx.namespace(policy.object)) {
        return None;
    }
    let asked: Vec<_> = selector.requirements().iter().map(written).collect();
    let message = format!(
        "no rendered pods have the labels that {} asks for ({}): it protects nobody",
        title(policy),
        listed(&asked)
    );
    Some(RULE.concern(&field, message, "use the labels by which the workload selects its pods".to_owned()))
}
