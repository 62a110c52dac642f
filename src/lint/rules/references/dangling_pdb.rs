//! A disruption budget protects no pods, or all.

use super::selectors::written;
use crate::kube::{Field, Selector};
use crate::lint::cx::{Cx, Subject};
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A disruption budget whose selector no rendered pods satisfy, or which asks for nothing.
pub static RULE: Rule = Rule {
    id: "dangling-pdb",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "disruption budget that protects no rendered pods",
    docs: Docs {
        what: "A PodDisruptionBudget whose selector the pods of no rendered workload in its namespace satisfy, or that \
               has none; or whose selector is empty, which in `policy/v1` means every pod of the namespace.",
        why: "A budget without pods protects nobody when nodes are drained; one over all pods counts those of other \
              releases, and two budgets over the same pod block every eviction.",
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
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: website}
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
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: web}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("policy", "PodDisruptionBudget") {
        report.leading(subject, concern(cx, subject).into_iter().collect());
    }
}

/// The fault, if the budget has it.
fn concern(cx: &Cx, budget: Subject) -> Option<Concern> {
    let field = budget.object.at("spec.selector");
    let selector = Selector::from_field(&field);
    if selector.is_empty() {
        return Some(asks_nothing(budget, &field));
    }
    let namespace = cx.namespace(budget.object);
    let near: Vec<_> = cx.pods().iter().filter(|pods| pods.namespace == namespace).collect();
    if near.iter().any(|pods| pods.satisfy(&selector)) {
        return None;
    }
    let nearest = near.iter().min_by_key(|pods| pods.distance(&selector));
    let unmet: Vec<_> = match nearest {
        Some(pods) => pods.unmet(&selector).map(written).collect(),
        None => selector.requirements().iter().map(written).collect(),
    };
    let message = format!(
        "no rendered pods have the labels that {} asks for ({}): it protects nobody",
        title(budget),
        listed(&unmet)
    );
    let fix = match nearest {
        Some(pods) => format!("use the labels by which {} selects its pods", pods.title()),
        None => "use the labels of the pods it is to protect".to_owned(),
    };
    let severity = cx.weight_of_absence(RULE.severity);
    Some(Concern { severity, ..RULE.concern(&field, message, fix) })
}

/// The fault of a budget without conditions.
fn asks_nothing(budget: Subject, field: &Field) -> Concern {
    let protects_all = field.is_present() && budget.object.api_version() == "policy/v1";
    let whom = if protects_all { "every pod of the namespace, those of other releases too" } else { "no pods" };
    let message = format!("{} has no labels in its selector: it protects {whom}", title(budget));
    RULE.concern(field, message, "use the labels by which the workload selects its pods".to_owned())
}
