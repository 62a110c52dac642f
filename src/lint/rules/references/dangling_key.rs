//! Pods ask for a key that the `ConfigMap` or Secret does not have.

use std::collections::BTreeSet;

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::nearest::likely;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A key that the rendered `ConfigMap` or Secret lacks.
pub static RULE: Rule = Rule {
    id: "dangling-key",
    group: Group::References,
    severity: Severity::Error,
    activation: Activation::On,
    title: "key that the `ConfigMap` or Secret does not have",
    docs: Docs {
        what: "A `configMapKeyRef`, a `secretKeyRef` or an entry of `items` of a volume, not optional, whose object is \
               rendered but has no such key. Where the object is rendered without any content, somebody else may fill \
               it, and it is a hint; Secrets that Kubernetes fills are left alone.",
        why: "The container never starts: `CreateContainerConfigError: couldn't find key`.",
        fix: "Use a key that is there, or render the key under the same condition under which it is read.",
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
          env:
            - name: MODE
              valueFrom: {configMapKeyRef: {name: settings, key: moed}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
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
          env:
            - name: MODE
              valueFrom: {configMapKeyRef: {name: settings, key: mode}}
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
    let mut told = BTreeSet::new();
    for reference in [Role::ConfigMap, Role::Secret].into_iter().flat_map(|role| cx.references(role)) {
        let Some(key) = &reference.part else { continue };
        let said = (reference.subject.index, &reference.kind, &reference.name, key.string());
        if let Some(found) = concern(cx, reference, key).filter(|_| told.insert(said)) {
            report.leading(reference.subject, vec![found]);
        }
    }
}

/// The fault, if the object is rendered and lacks the key.
fn concern(cx: &Cx, reference: &Reference, key: &Field) -> Option<Concern> {
    let Reference { group, kind, namespace, name, .. } = reference;
    let wanted = key.string()?;
    let found: Vec<Subject> = cx.index().find(group, kind, namespace, name).collect();
    let keys: Vec<String> = found.iter().flat_map(|subject| keys(*subject)).collect();
    if found.is_empty() || keys.contains(&wanted) || found.iter().any(|subject| is_filled_by_kubernetes(*subject)) {
        return None;
    }
    let message = format!("{kind} `{name}` has no key `{wanted}`: the container that reads it never starts");
    let fix = match likely(&wanted, keys.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`? It has {}", listed(&keys)),
        None if keys.is_empty() => format!("render `{wanted}` in {kind} `{name}`"),
        None => format!("render `{wanted}` in {kind} `{name}`, which has {}", listed(&keys)),
    };
    let severity = if keys.is_empty() { Severity::Note } else { RULE.severity };
    Some(Concern { severity, ..RULE.concern(key, message, fix) })
}

fn keys(subject: Subject) -> Vec<String> {
    let fields = ["data", "binaryData", "stringData"].map(|field| subject.object.root().get(field).entries());
    fields.into_iter().flatten().map(|(key, _)| key.to_string()).collect()
}

/// Whether Kubernetes writes the content of a Secret: the token of an account.
fn is_filled_by_kubernetes(subject: Subject) -> bool {
    subject.object.root().get("type").is("kubernetes.io/service-account-token")
}
