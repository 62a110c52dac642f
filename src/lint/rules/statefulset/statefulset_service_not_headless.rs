//! The Service of `serviceName` isn't headless.

use super::governing_service::{candidate, check, service_name, title};
use crate::lint::cx::{Cx, Service, WorkloadSubject};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` whose Service has an address of its own.
pub static RULE: Rule = Rule {
    id: "statefulset-service-not-headless",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "the Service of serviceName isn't headless",
    docs: Docs {
        what: "A StatefulSet whose `spec.serviceName` names a rendered Service with a `clusterIP` other than `None`.",
        why: "A usual Service has one address and shares requests out among the pods. Only a headless one \
              (`clusterIP: None`) publishes a DNS name for each pod.",
        fix: "Keep this Service for those who don't care which pod answers, add a second, headless one, and name that \
              in `serviceName`. Neither `clusterIP` nor `serviceName` can be changed on what is installed.",
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
  type: NodePort
  selector: {app: web}
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

/// The fault, once the Service is known to have an address.
pub(super) fn concern(cx: &Cx, set: &WorkloadSubject, service: &Service) -> Concern {
    let name = &service.name;
    let message = format!(
        "{} names the Service `{name}`, which isn't headless: it shares requests out and gives no pod a DNS name",
        title(set)
    );
    let fix = match candidate(cx, set, name) {
        Some(other) => format!("set `serviceName: {other}`, the headless Service that selects these pods"),
        None => format!("add a headless Service such as `{name}-headless` (`clusterIP: None`), and name that"),
    };
    Concern { rule: &RULE, severity: RULE.severity, message, fix, path: service_name(set).path().clone() }
}
