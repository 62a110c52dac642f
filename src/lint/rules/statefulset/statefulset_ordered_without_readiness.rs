//! The order of the pods means nothing.

use crate::kube::{Container, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` of several pods that wait for each other and have no readiness probe.
pub static RULE: Rule = Rule {
    id: "statefulset-ordered-without-readiness",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "pods in order without readiness probe",
    docs: Docs {
        what: "A StatefulSet of several pods that start one after the other, and none of whose containers has a \
               readiness probe.",
        why: "Each pod waits until the one before is ready. Without a probe a pod counts as ready as soon as it runs, \
              so the next one starts while it is still starting; updates run on in the same way.",
        fix: "Give the main container a readiness probe; or, if the order doesn't matter, set `podManagementPolicy: \
              Parallel`.",
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        report.leading(set.subject, concern(cx, set).into_iter().collect());
    }
}

/// The fault, if the set has it.
fn concern(cx: &Cx, set: &WorkloadSubject) -> Option<Concern> {
    let policy = set.subject.object.at("spec.podManagementPolicy");
    let is_ordered = !policy.is_present() || policy.is("OrderedReady");
    let several = Scale::of(cx, set).most.is_some_and(|most| most > 1);
    let waits = |container: &Container| container.is_long_running() && container.get("readinessProbe").is_present();
    if !is_ordered || !several || set.pod.containers().is_empty() || set.pod.all_containers().iter().any(waits) {
        return None;
    }
    let message = "its pods start one after the other, but none has a readiness probe: each counts as ready at once";
    let fix = "give the main container a readiness probe".to_owned();
    Some(RULE.concern(&set.pod.get("containers"), message.to_owned(), fix))
}
