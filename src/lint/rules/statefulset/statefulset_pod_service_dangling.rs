//! A Service for a pod that will never be.

use crate::kube::{Field, WorkloadKind};
use crate::lint::cx::{Cx, Service, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service that selects one pod by its number, and there is none of that number.
pub static RULE: Rule = Rule {
    id: "statefulset-pod-service-dangling",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "Service for a pod that isn't there",
    docs: Docs {
        what: "A Service whose selector names a single pod of a StatefulSet, by `statefulset.kubernetes.io/pod-name` \
               or `apps.kubernetes.io/pod-index`, and no rendered StatefulSet has a pod of that number.",
        why: "It leads nowhere: its requests fail.",
        fix: "Make one Service for each replica: `range until (int .Values.replicas)` in the template.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata:
  name: web-last
spec:
  selector: {statefulset.kubernetes.io/pod-name: web-3}
  ports: [{port: 80}]
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata:
  name: web-last
spec:
  selector: {statefulset.kubernetes.io/pod-name: web-2}
  ports: [{port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("", "Service") {
        let service = cx.services().iter().find(|service| std::ptr::eq(service.object, subject.object));
        report.leading(subject, service.and_then(|service| concern(cx, service)).into_iter().collect());
    }
}

/// The fault, if the Service has it.
fn concern(cx: &Cx, service: &Service) -> Option<Concern> {
    let selector = service.object.at("spec.selector");
    let (by_name, by_number) = (selector.get(POD_NAME), selector.get(POD_INDEX));
    let sets: Vec<_> = cx
        .workloads_of(WorkloadKind::StatefulSet)
        .filter(|set| cx.namespace(set.subject.object) == service.namespace)
        .collect();
    if let Some(pod) = by_name.string() {
        return named(cx, &sets, &by_name, &pod);
    }
    let number: i64 = by_number.string()?.parse().ok()?;
    let selected: Vec<_> = sets.into_iter().filter(|set| service.selects(set)).collect();
    let is_there = selected.iter().any(|set| has_pod(cx, set, number));
    let message = format!("no pod of a rendered StatefulSet that this Service selects has the number {number}");
    (!is_there && !selected.is_empty()).then(|| RULE.concern(&by_number, message, FIX.to_owned()))
}

fn named(cx: &Cx, sets: &[&WorkloadSubject], field: &Field, pod: &str) -> Option<Concern> {
    let of_set = |set: &&&WorkloadSubject| number_in(&set.subject.object.name(), pod).is_some();
    let Some(set) = sets.iter().find(of_set) else {
        let message = format!("there will be no pod `{pod}`: no StatefulSet of that name is rendered");
        return Some(RULE.concern(field, message, FIX.to_owned()));
    };
    let name = set.subject.object.name();
    let number = number_in(&name, pod)?;
    let scale = Scale::of(cx, set);
    let message = format!(
        "there will be no pod `{pod}`: StatefulSet `{name}` has {} replicas",
        scale.most.map_or_else(|| "fewer".to_owned(), |most| most.to_string())
    );
    (!has_pod(cx, set, number)).then(|| RULE.concern(field, message, FIX.to_owned()))
}

/// The number of a pod of the set of that name.
fn number_in(set: &str, pod: &str) -> Option<i64> {
    let digits = pod.strip_prefix(set)?.strip_prefix('-')?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Whether a set can have a pod of that number.
fn has_pod(cx: &Cx, set: &WorkloadSubject, number: i64) -> bool {
    let start = set.subject.object.at("spec.ordinals.start").integer().unwrap_or(0);
    let end = Scale::of(cx, set).most.map(|most| start.saturating_add(most));
    number >= start && end.is_none_or(|end| number < end)
}

const POD_NAME: &str = "statefulset.kubernetes.io/pod-name";
const POD_INDEX: &str = "apps.kubernetes.io/pod-index";
const FIX: &str = "make one Service for each replica, by a `range` over their number";
