//! A field of the wrong type.

use super::fault;
use crate::kube::schema::FaultKind;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A field in which something of another type stands than its schema says.
pub static RULE: Rule = Rule {
    id: "schema-type",
    group: Group::YamlSchema,
    severity: Severity::Error,
    activation: Activation::On,
    title: "value of the wrong type",
    docs: Docs {
        what: "A field in which something of another type stands than Kubernetes takes there: a text for a number, a map \
               for a list.",
        why: "The API server can't read the object, and refuses it.",
        fix: "Write what the field takes. Texts that look like numbers or booleans need quotes, numbers must have none.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: \"1\"
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: web:1.0}]
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: web:1.0}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    fault::report(&RULE, |kind| matches!(kind, FaultKind::Type { .. }), cx, report);
}
