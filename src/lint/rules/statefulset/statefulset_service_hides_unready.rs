//! The Service of `serviceName` hides pods that aren't ready from pods that look for them.

use super::governing_service::{check, service_name, title};
use crate::kube::{Container, Field};
use crate::lint::cx::{Service, WorkloadSubject};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` of peers whose Service publishes ready pods only.
pub static RULE: Rule = Rule {
    id: "statefulset-service-hides-unready",
    group: Group::Statefulset,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "the Service of serviceName hides pods that aren't ready",
    docs: Docs {
        what: "A StatefulSet of several pods that start together or know their Service's name, and whose headless \
               Service doesn't set `publishNotReadyAddresses: true`.",
        why: "Programs that form a cluster must find each other before they are ready, and a headless Service hides a \
              pod until it is.",
        fix: "Set `publishNotReadyAddresses: true` on the headless Service; requests of users belong to another one.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers: [{name: db, image: cockroach}]
---
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector: {app: db}
  ports: [{port: 26257}]
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers: [{name: db, image: cockroach}]
---
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: {app: db}
  ports: [{port: 26257}]
",
    check,
};

/// The fault, if there is one: the Service is known to be headless and to select the pods.
pub(super) fn concern(set: &WorkloadSubject, service: &Service) -> Option<Concern> {
    let spec = set.subject.object.spec();
    let several = spec.get("replicas").integer().unwrap_or(1) > 1;
    let together = spec.get("podManagementPolicy").is("Parallel");
    let looks_for_peers = || set.pod.containers().iter().any(|container| mentions(container, &service.name));
    if service.object.at("spec.publishNotReadyAddresses").is_true() || !several || !(together || looks_for_peers()) {
        return None;
    }
    let message = format!(
        "the pods of {} find each other through Service `{}` only once they are ready",
        title(set),
        service.name
    );
    let fix = format!("set `publishNotReadyAddresses: true` on Service `{}`", service.name);
    Some(Concern { rule: &RULE, severity: RULE.severity, message, fix, path: service_name(set).path().clone() })
}

/// Whether a container is told the Service's name.
fn mentions(container: &Container, service: &str) -> bool {
    let told = |field: &Field| field.string().is_some_and(|text| text.contains(service));
    let environment = container.get("env").items().into_iter().map(|variable| variable.get("value"));
    let words = ["command", "args"].into_iter().flat_map(|key| container.get(key).items());
    environment.chain(words).any(|field| told(&field))
}
