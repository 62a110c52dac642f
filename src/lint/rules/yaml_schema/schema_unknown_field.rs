//! A field that Kubernetes doesn't know.

use super::fault::{self, is_unknown};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A field that the schema of the object's kind doesn't have.
pub static RULE: Rule = Rule {
    id: "schema-unknown-field",
    group: Group::YamlSchema,
    severity: Severity::Error,
    activation: Activation::On,
    title: "field that Kubernetes doesn't know",
    docs: Docs {
        what: "A field that its kind doesn't have in the chosen version of Kubernetes: mistyped, or indented a level too \
               far or not far enough.",
        why: "Helm 4 installs by server-side apply with strict validation, which refuses the object: `field not declared \
              in schema`. Helm 3 lets it pass, and Kubernetes drops it silently: what it should do doesn't happen.",
        fix: "Correct the name, or move the field where it belongs.",
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
          readinessProbe:
            httpGet:
              port: 80
              initialDelaySeconds: 5
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
          readinessProbe:
            httpGet:
              port: 80
            initialDelaySeconds: 5
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    fault::report(&RULE, is_unknown, cx, report);
}
