//! The Service of `serviceName` doesn't select the pods.

use super::governing_service::{check, service_name, title};
use crate::lint::cx::{Service, WorkloadSubject};
use crate::lint::report::Concern;
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` whose Service looks for other pods.
pub static RULE: Rule = Rule {
    id: "statefulset-service-selector-mismatch",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "the Service of serviceName doesn't select the pods",
    docs: Docs {
        what: "A StatefulSet whose `spec.serviceName` names a headless Service that has no selector, or asks for labels \
               which the pods don't have.",
        why: "A headless Service publishes the names of the pods it selects, and of no others: here it publishes none \
              of this set's.",
        fix: "Give the Service the same labels as selector that the StatefulSet has in `spec.selector.matchLabels`, \
              from the same helper.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: nginx, image: nginx}]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: website}
  ports: [{port: 80}]
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: nginx, image: nginx}]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

/// The fault, once the Service is known to pass the pods by.
pub(super) fn concern(set: &WorkloadSubject, service: &Service) -> Concern {
    let name = &service.name;
    let unmet = service.unmet(set);
    let reason = if unmet.is_empty() {
        "has no selector".to_owned()
    } else {
        format!("asks for {}, which its pods don't have", listed(&unmet))
    };
    let message = format!("{} names the Service `{name}`, which {reason}: no pod gets a DNS name", title(set));
    let fix = format!("make the selector of Service `{name}` equal to the labels the StatefulSet selects by");
    Concern { rule: &RULE, severity: RULE.severity, message, fix, path: service_name(set).path().clone() }
}
