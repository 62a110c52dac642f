//! An Ingress sends requests to a Service that is not there.

use super::dangling;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role, backends};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A backend of an Ingress that isn't rendered.
pub static RULE: Rule = Rule {
    id: "dangling-ingress",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "Ingress to a Service that is not rendered",
    docs: Docs {
        what: "An Ingress with a backend, of a path or by default, whose Service isn't rendered in its namespace. A \
               backend that names neither a Service nor a resource in the words of `networking.k8s.io/v1` weighs more.",
        why: "The Ingress answers 503 for these paths.",
        fix: "Use the helper that names the Service: `name: {{ include \"chart.fullname\" . }}`.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: wbe, port: {number: 80}}}
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("networking.k8s.io", "Ingress") {
        let is_new = subject.object.api_version() == "networking.k8s.io/v1";
        let unnamed = backends(&subject.object.spec()).into_iter().filter(|backend| is_new && names_nothing(backend));
        unnamed.for_each(|backend| report.leading(subject, vec![nothing(&backend)]));
    }
    dangling::check(cx, report, Role::Backend, |reference| concern(cx, reference));
}

/// Whether a backend names neither a Service nor another resource.
fn names_nothing(backend: &Field) -> bool {
    !backend.get("service").is_present() && !backend.get("resource").is_present()
}

/// The fault of a backend that leads nowhere.
fn nothing(backend: &Field) -> Concern {
    let message = "this backend of the Ingress names no Service in the words of networking.k8s.io/v1: it is refused";
    let fix = match backend.get("serviceName").string() {
        Some(name) => format!("write `service: {{name: {name}, port: …}}` instead of `serviceName` and `servicePort`"),
        None => "add `service` with `name` and `port`".to_owned(),
    };
    Concern { severity: Severity::Error, ..RULE.concern(backend, message.to_owned(), fix) }
}

/// The fault of a backend whose Service isn't rendered.
fn concern(cx: &Cx, reference: &Reference) -> Option<Concern> {
    let name = &reference.name;
    if reference.field.path().to_string().ends_with("serviceName") && is_written_anew(reference) {
        return None;
    }
    let message = format!(
        "{} sends requests to Service `{name}`, which isn't rendered: it answers 503",
        title(reference.subject)
    );
    let fix = dangling::advice(cx, reference, "name a Service that is rendered");
    Some(RULE.concern(&reference.field, message, fix))
}

/// Whether the version of the Ingress has no `serviceName`, which is said elsewhere.
fn is_written_anew(reference: &Reference) -> bool {
    reference.subject.object.api_version() == "networking.k8s.io/v1"
}
