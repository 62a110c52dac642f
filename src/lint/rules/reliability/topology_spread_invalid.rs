//! A rule about where pods go that can't be kept.

use crate::kube::{Field, Selector};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `topologySpreadConstraints` entry that is refused or does nothing.
pub static RULE: Rule = Rule {
    id: "topology-spread-invalid",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "spread constraint that is refused or does nothing",
    docs: Docs {
        what: "An entry of `topologySpreadConstraints` with a `maxSkew` or `minDomains` below 1, without \
               `topologyKey`, with an unknown `whenUnsatisfiable`, or with `minDomains` where the pods needn't be \
               spread. As a warning: one whose `labelSelector` is missing or doesn't match the pods.",
        why: "The API server refuses the object; without a matching selector no pods are counted, and nothing is \
              spread.",
        fix: "Give each entry `maxSkew: 1`, a `topologyKey`, `DoNotSchedule` or `ScheduleAnyway`, and the pods' own \
              labels as its selector.",
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
      topologySpreadConstraints:
        - maxSkew: 0
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        for constraint in workload.pod.get("topologySpreadConstraints").items() {
            report.leading(workload.subject, concern(workload, &constraint).into_iter().collect());
        }
    }
}

/// The fault, if the constraint has one: the gravest.
fn concern(workload: &WorkloadSubject, constraint: &Field) -> Option<Concern> {
    constraint.value().as_map()?;
    if let Some((key, message, fix)) = refused(constraint) {
        return Some(RULE.concern(
            &constraint.get(key),
            format!("{message}: the API server refuses it"),
            fix.to_owned(),
        ));
    }
    let selector = constraint.get("labelSelector");
    let message = if !selector.is_present() {
        "without `labelSelector` no pods are counted, and nothing is spread"
    } else if !Selector::from_field(&selector).matches_field(&workload.workload.pod_labels()) {
        "its `labelSelector` doesn't match these pods: they aren't spread"
    } else {
        return None;
    };
    let fix = "give it the labels by which the workload selects its pods".to_owned();
    let concern = RULE.concern(&selector, message.to_owned(), fix);
    Some(Concern { severity: Severity::Warning, ..concern })
}

/// The field for which the API server refuses a constraint, why, and what to do.
fn refused(constraint: &Field) -> Option<(&'static str, &'static str, &'static str)> {
    let below_one = |key: &str| constraint.get(key).integer().is_some_and(|number| number < 1);
    let when = constraint.get("whenUnsatisfiable");
    let key = constraint.get("topologyKey");
    if !constraint.get("maxSkew").is_present() || below_one("maxSkew") {
        Some(("maxSkew", "`maxSkew` must be at least 1", "set `maxSkew: 1`"))
    } else if !key.is_present() || key.is("") {
        Some(("topologyKey", "`topologyKey` is missing", "set `topologyKey: kubernetes.io/hostname`"))
    } else if !when.is("DoNotSchedule") && !when.is("ScheduleAnyway") {
        let message = "`whenUnsatisfiable` is neither `DoNotSchedule` nor `ScheduleAnyway`";
        Some(("whenUnsatisfiable", message, "set `whenUnsatisfiable: ScheduleAnyway`"))
    } else if below_one("minDomains") {
        Some(("minDomains", "`minDomains` must be at least 1", "remove `minDomains`"))
    } else if constraint.get("minDomains").is_present() && !when.is("DoNotSchedule") {
        let message = "`minDomains` goes with `whenUnsatisfiable: DoNotSchedule` only";
        Some(("minDomains", message, "remove `minDomains`, or set `whenUnsatisfiable: DoNotSchedule`"))
    } else {
        None
    }
}
