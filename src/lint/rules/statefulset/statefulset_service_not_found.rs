//! `serviceName` names no rendered Service.

use super::governing_service::{candidate, check, similar, title};
use crate::kube::Field;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` whose Service isn't there.
pub static RULE: Rule = Rule {
    id: "statefulset-service-not-found",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "serviceName names no rendered Service",
    docs: Docs {
        what: "A StatefulSet whose `spec.serviceName` names a Service that isn't rendered in the same namespace, or \
               couldn't be the name of a Service at all.",
        why: "Kubernetes doesn't make this Service. Where it is missing, the pods start as if nothing were wrong, but \
              have no DNS names; programs that look for their neighbours fail at run time.",
        fix: "Render a headless Service of that name, or name the one that is there. Best, use the same helper in both \
              templates.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web-headles
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
  name: web-headless
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
  serviceName: web-headless
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
  name: web-headless
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

/// The fault, once no Service of that name is known to be rendered where it counts.
pub(super) fn concern(cx: &Cx, set: &WorkloadSubject, field: &Field) -> Concern {
    let path = field.path().clone();
    let Some(name) = field.string().filter(|name| is_dns_label(name)) else {
        let written = field.string().map_or_else(|| "no text".to_owned(), |name| format!("`{name}`"));
        let message = format!(
            "the serviceName of {} is {written}: the API server refuses it, for no Service has such a name",
            title(set)
        );
        let fix = advice(cx, set, "").unwrap_or_else(|| "use lower-case letters, digits and dashes".to_owned());
        return Concern { rule: &RULE, severity: Severity::Error, message, fix, path };
    };
    let own = cx.namespace(set.subject.object);
    let elsewhere = cx.services().iter().find(|service| service.name == name);
    let (message, otherwise) = match elsewhere {
        Some(service) => (
            format!(
                "{} is in namespace `{own}` and its Service `{name}` in `{}`: none of its pods gets a DNS name",
                title(set),
                service.namespace
            ),
            "put both into the same namespace: leave `metadata.namespace` out, so that they follow the release"
                .to_owned(),
        ),
        None => (
            format!(
                "{} names the Service `{name}`, which isn't rendered: its pods start, but get no DNS names",
                title(set)
            ),
            format!("add a headless Service `{name}` that selects these pods"),
        ),
    };
    let fix = advice(cx, set, &name).unwrap_or(otherwise);
    Concern { rule: &RULE, severity: Severity::Warning, message, fix, path }
}

/// What to write instead, where something rendered offers itself.
fn advice(cx: &Cx, set: &WorkloadSubject, name: &str) -> Option<String> {
    if let Some(service) = candidate(cx, set, name) {
        return Some(format!("set `serviceName: {service}`, the headless Service that selects these pods"));
    }
    similar(cx, set, name).map(|service| format!("did you mean `serviceName: {service}`?"))
}

/// Whether it can be a part of a DNS name.
fn is_dns_label(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=63).contains(&name.len()) && name.chars().all(inner) && !name.starts_with('-') && !name.ends_with('-')
}
