//! A disruption budget that lets no pod go.

use super::share::Share;
use crate::kube::{Field, Selector};
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `PodDisruptionBudget` that forbids every eviction.
pub static RULE: Rule = Rule {
    id: "pdb-blocks-eviction",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "Disruption budget that lets no pod go",
    docs: Docs {
        what: "A PodDisruptionBudget with `maxUnavailable: 0`, with `minAvailable: 100%`, or with a `minAvailable` of \
               as many pods as the workloads it selects have (at the least, where an autoscaler decides). For a single \
               pod it is only a note.",
        why: "No pod may ever be evicted, so that the nodes can't be drained: upgrades of the cluster hang.",
        fix: "Set `maxUnavailable: 1` instead, or run more replicas than `minAvailable`.",
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
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 2
  selector:
    matchLabels: {app: web}
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
  minAvailable: 1
  selector:
    matchLabels: {app: web}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for budget in cx.of_kind("policy", "PodDisruptionBudget") {
        report.leading(budget, concern(cx, budget).into_iter().collect());
    }
}

/// The fault, if the budget has it.
fn concern(cx: &Cx, budget: Subject) -> Option<Concern> {
    let spec = budget.object.spec();
    let (least, most) = (spec.get("minAvailable"), spec.get("maxUnavailable"));
    if Share::of(&most).is_some_and(Share::is_none) {
        return Some(fault(&most, "`maxUnavailable` is 0: no pod may ever be evicted", RULE.severity));
    }
    let share = Share::of(&least)?;
    if share.is_all() {
        return Some(fault(&least, "all pods must be available at all times: none may be evicted", RULE.severity));
    }
    let pods = pods(cx, budget, &spec.get("selector"));
    if pods < 1 || pods > share.of_pods(pods) {
        return None;
    }
    let (said, severity) = if pods == 1 {
        ("the only pod must be available at all times: it may never be evicted".to_owned(), Severity::Note)
    } else {
        (format!("of {pods} pods {} must be available: none may be evicted", share.of_pods(pods)), RULE.severity)
    };
    Some(fault(&least, &said, severity))
}

fn fault(field: &Field, said: &str, severity: Severity) -> Concern {
    let message = format!("{said}, and its node can't be drained");
    Concern { severity, ..RULE.concern(field, message, "set `maxUnavailable: 1` instead".to_owned()) }
}

/// How many pods the rendered workloads that a budget selects have at the least.
fn pods(cx: &Cx, budget: Subject, selector: &Field) -> i64 {
    let (selector, namespace) = (Selector::from_field(selector), cx.namespace(budget.object));
    let near = cx.workloads().iter().filter(|workload| workload.workload.kind.is_long_running());
    let near = near.filter(|workload| cx.namespace(workload.subject.object) == namespace);
    let selected = near.filter(|workload| selector.matches_field(&workload.workload.pod_labels()));
    selected.map(|workload| Scale::of(cx, workload).least).fold(0, i64::saturating_add)
}
