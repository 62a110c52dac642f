//! An object names another that is rendered in another namespace.

use super::{dangling, dangling_servicemonitor};
use crate::lint::cx::{Cx, Service, Subject};
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A name that is looked for in one namespace and rendered in another.
pub static RULE: Rule = Rule {
    id: "cross-namespace-reference",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "name of an object in another namespace",
    docs: Docs {
        what: "Pods, an Ingress, an autoscaler or a RoleBinding that names an object which isn't rendered in its own \
               namespace, but in another one; or a ServiceMonitor without `namespaceSelector` whose only Services are \
               in another one.",
        why: "Such names are looked up in the object's own namespace and nowhere else: the pods don't start, the \
              Ingress answers 503, the binding grants nothing.",
        fix: "Leave `metadata.namespace` out of both, so that they follow the release, or write `{{ .Release.Namespace \
              }}`.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          envFrom: [{configMapRef: {name: settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shared
data: {mode: fast}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          envFrom: [{configMapRef: {name: settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for role in ROLES {
        for reference in dangling::missing(cx, role) {
            report.leading(reference.subject, concern(cx, reference).into_iter().collect());
        }
    }
    for monitor in cx.of_kind("monitoring.coreos.com", "ServiceMonitor") {
        let service = dangling_servicemonitor::elsewhere(cx, monitor);
        report.leading(monitor, service.map(|service| of_monitor(cx, monitor, service)).into_iter().collect());
    }
}

/// What is looked for in the namespace of the object that names it.
const ROLES: [Role; 7] =
    [Role::Claim, Role::ConfigMap, Role::Secret, Role::ServiceAccount, Role::Backend, Role::ScaleTarget, Role::Grant];

const FIX: &str = "put both into the same namespace: leave `metadata.namespace` out, so that they follow the release";

/// The fault, if what is named is rendered elsewhere.
fn concern(cx: &Cx, reference: &Reference) -> Option<Concern> {
    let Reference { kind, name, namespace, .. } = reference;
    let other = dangling::elsewhere(cx, reference)?;
    let message = format!(
        "{} looks for {kind} `{name}` in its own namespace `{namespace}`, but it is rendered in `{other}`",
        title(reference.subject)
    );
    Some(RULE.concern(&reference.field, message, FIX.to_owned()))
}

/// The fault of a monitor that looks in the wrong namespace.
fn of_monitor(cx: &Cx, monitor: Subject, service: &Service) -> Concern {
    let message = format!(
        "{} looks for Services in its own namespace `{}`, but Service `{}` is rendered in `{}`",
        title(monitor),
        cx.namespace(monitor.object),
        service.name,
        service.namespace
    );
    let fix = format!("add `namespaceSelector: {{matchNames: [{}]}}`", service.namespace);
    RULE.concern(&monitor.object.at("spec.namespaceSelector"), message, fix)
}
