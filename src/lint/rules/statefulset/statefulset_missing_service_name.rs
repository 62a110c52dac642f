//! `serviceName` is missing.

use super::governing_service::{candidate, check, service_name, title};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Kubernetes, Rule};
use crate::source::Severity;

/// A `StatefulSet` without `serviceName`.
pub static RULE: Rule = Rule {
    id: "statefulset-missing-service-name",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "StatefulSet without serviceName",
    docs: Docs {
        what: "A StatefulSet whose `spec.serviceName` is missing or empty.",
        why: "The pods of a StatefulSet have fixed names, `web-0`, `web-1`, …, but these become DNS names only through \
              the Service that `serviceName` names: `web-0.web`. Without it no pod can be reached by its own name. Up \
              to Kubernetes 1.32 the field is required, and clients that validate refuse the object.",
        fix: "Render a headless Service (`clusterIP: None`) that selects the pods, and give its name as \
              `spec.serviceName`. The field can't be changed later: an installed StatefulSet must be made anew.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  replicas: 3
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

/// The last version whose schema lists the field as required.
const REQUIRED_UNTIL: Kubernetes = Kubernetes { major: 1, minor: 32 };

/// The fault, once the field is known to be missing.
pub(super) fn concern(cx: &Cx, set: &WorkloadSubject) -> Concern {
    let name = set.subject.object.name();
    let found = candidate(cx, set, &name);
    let such_as = found.as_ref().map(|service| format!(" such as `{name}-0.{service}`")).unwrap_or_default();
    let consequence = format!("no pod gets a DNS name{such_as}");
    let required = cx.config().kubernetes <= REQUIRED_UNTIL;
    let (severity, message) = if required {
        let refused = "up to Kubernetes 1.32 clients refuse the object, and";
        (Severity::Error, format!("{} has no serviceName: {refused} {consequence}", title(set)))
    } else {
        (Severity::Warning, format!("{} has no serviceName: {consequence}", title(set)))
    };
    let fix = match found {
        Some(service) => format!("add `serviceName: {service}`, the headless Service that selects these pods"),
        None => "add a headless Service that selects these pods, and its name as `serviceName`".to_owned(),
    };
    Concern { rule: &RULE, severity, message, fix, path: service_name(set).path().clone() }
}
