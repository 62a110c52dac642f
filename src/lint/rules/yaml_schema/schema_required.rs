//! A field that is required and isn't there.

use super::fault;
use crate::kube::schema::FaultKind;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A field that the schema requires and that is missing, or empty.
pub static RULE: Rule = Rule {
    id: "schema-required",
    group: Group::YamlSchema,
    severity: Severity::Error,
    activation: Activation::On,
    title: "required field that is missing",
    docs: Docs {
        what: "A field that Kubernetes requires and that isn't there, or is written and empty, as by a value that nobody \
               set.",
        why: "The API server refuses the object.",
        fix: "Add the field. Where a value gives it, make the template ask for it: `required \"…\" .Values.…`.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
  - kind: ServiceAccount
    name:
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
  - kind: ServiceAccount
    name: web
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    fault::report(&RULE, |kind| matches!(kind, FaultKind::Missing), cx, report);
}
