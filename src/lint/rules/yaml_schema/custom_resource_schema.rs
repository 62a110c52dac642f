//! A custom resource that doesn't keep to its definition.

use super::fault;
use crate::kube::schema::FaultKind;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A custom resource whose fields are not what the chart's own `CustomResourceDefinition` says.
pub static RULE: Rule = Rule {
    id: "custom-resource-schema",
    group: Group::YamlSchema,
    severity: Severity::Error,
    activation: Activation::On,
    title: "custom resource that doesn't fit its definition",
    docs: Docs {
        what: "A custom resource with fields that its CustomResourceDefinition, in `crds/` or rendered beside it, doesn't \
               have, with values of the wrong type, with words that aren't allowed, or without a field that is required. \
               Patterns, ranges and rules in CEL are not checked.",
        why: "The API server holds custom resources against their definition, and refuses those that don't fit: unknown \
              fields for Helm 4 only, which installs strictly.",
        fix: "Correct the field, or the definition.",
    },
    bad: "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: backups.example.com
spec:
  group: example.com
  names: {kind: Backup, plural: backups}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                schedule: {type: string}
                keep: {type: integer}
---
apiVersion: example.com/v1
kind: Backup
metadata:
  name: web
spec:
  schedule: 0 3 * * *
  keep: seven
",
    good: "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: backups.example.com
spec:
  group: example.com
  names: {kind: Backup, plural: backups}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                schedule: {type: string}
                keep: {type: integer}
---
apiVersion: example.com/v1
kind: Backup
metadata:
  name: web
spec:
  schedule: 0 3 * * *
  keep: 7
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let faults = cx.faults().custom();
    for (index, fault) in faults.filter(|(_, fault)| !matches!(fault.kind, FaultKind::Duplicate { .. })) {
        if let Some(subject) = cx.subject(index) {
            report.leading(subject, vec![fault::concern(&RULE, fault, subject, cx)]);
        }
    }
}
