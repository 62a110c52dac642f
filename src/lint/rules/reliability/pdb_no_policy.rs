//! A disruption budget without a limit.

use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `PodDisruptionBudget` with neither `minAvailable` nor `maxUnavailable`.
pub static RULE: Rule = Rule {
    id: "pdb-no-policy",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "Disruption budget without a limit",
    docs: Docs {
        what: "A PodDisruptionBudget that has neither `minAvailable` nor `maxUnavailable`.",
        why: "Kubernetes takes it as if no pod might be evicted: the nodes on which the pods run can't be drained.",
        fix: "Set `maxUnavailable: 1`.",
    },
    bad: "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
",
    good: "\
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
    for budget in cx.of_kind("policy", "PodDisruptionBudget") {
        report.leading(budget, concern(budget).into_iter().collect());
    }
}

/// The fault, if the budget has it.
fn concern(budget: Subject) -> Option<Concern> {
    let spec = budget.object.spec();
    let message = "the budget sets no limit: no pod can be evicted, and no node drained".to_owned();
    let is_empty = !spec.get("minAvailable").is_present() && !spec.get("maxUnavailable").is_present();
    is_empty.then(|| RULE.concern(&spec.get("maxUnavailable"), message, "set `maxUnavailable: 1`".to_owned()))
}
