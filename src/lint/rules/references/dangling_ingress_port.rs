//! An Ingress asks a Service on a port that it does not have.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A backend of an Ingress whose port the rendered Service lacks.
pub static RULE: Rule = Rule {
    id: "dangling-ingress-port",
    group: Group::References,
    severity: Severity::Error,
    activation: Activation::On,
    title: "Ingress to a port that the Service does not have",
    docs: Docs {
        what: "An Ingress with a backend whose Service is rendered, but has no port of that number or name.",
        why: "The Ingress answers 503 for these paths.",
        fix: "Use `port.number` with a `port` of the Service (not a `targetPort`), or `port.name` with the name of \
              one.",
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
            backend: {service: {name: web, port: {number: 8080}}}
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
    for reference in cx.references(Role::Backend) {
        report.leading(reference.subject, concern(cx, reference).into_iter().collect());
    }
}

/// The fault, if the Service is rendered and has no such port.
fn concern(cx: &Cx, reference: &Reference) -> Option<Concern> {
    let written = reference.part.as_ref()?;
    let port = ["number", "name"].map(|key| written.get(key)).into_iter().find(Field::is_present);
    let port = port.unwrap_or_else(|| written.clone());
    let wanted = port.integer().map(|number| number.to_string()).or_else(|| port.string())?;
    let found = cx.index().find("", "Service", &reference.namespace, &reference.name);
    let ports: Vec<Field> = found.flat_map(|service| service.object.at("spec.ports").items()).collect();
    let number = |port: &Field| port.get("port").integer().map(|number| number.to_string());
    let names = || ports.iter().flat_map(|port| [number(port), port.get("name").string()]).flatten();
    if ports.is_empty() || wanted == "use-annotation" || names().any(|name| name == wanted) {
        return None;
    }
    let message = format!(
        "{} asks Service `{}` on port `{wanted}`, which it doesn't have: it answers 503",
        title(reference.subject),
        reference.name
    );
    let names: Vec<_> = names().collect();
    let fix = match ports.as_slice() {
        [only] => format!("use its only port, `{}`", number(only).unwrap_or_default()),
        _ => match likely(&wanted, names.iter().map(String::as_str)) {
            Some(name) => format!("did you mean `{name}`? It has {}", listed(&names)),
            None => format!("use a port of the Service: it has {}", listed(&names)),
        },
    };
    Some(RULE.concern(&port, message, fix))
}
