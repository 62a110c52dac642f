//! A disruption budget says two things at once.

use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `PodDisruptionBudget` with `minAvailable` and `maxUnavailable`.
pub static RULE: Rule = Rule {
    id: "pdb-both-policies",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "Disruption budget with two limits",
    docs: Docs {
        what: "A PodDisruptionBudget that has both `minAvailable` and `maxUnavailable`.",
        why: "Kubernetes takes only one of the two, and refuses the object.",
        fix: "Keep `maxUnavailable`, which still fits when the number of replicas changes, or `minAvailable`; guard the \
              other in the template.",
    },
    bad: "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  maxUnavailable: 1
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
    let (least, most) = (budget.object.at("spec.minAvailable"), budget.object.at("spec.maxUnavailable"));
    let message = "`minAvailable` and `maxUnavailable` are both set: Kubernetes refuses the object".to_owned();
    let fix = "remove one of the two, `minAvailable` or `maxUnavailable`".to_owned();
    (least.is_present() && most.is_present()).then(|| RULE.concern(&least, message, fix))
}
