//! A binding gives the rights of a role that is not rendered.

use super::dangling;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A role that a binding names and that isn't rendered.
pub static RULE: Rule = Rule {
    id: "dangling-role-ref",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "binding to a role that is not rendered",
    docs: Docs {
        what: "A RoleBinding or ClusterRoleBinding whose `roleRef` names a Role that isn't rendered in its namespace; \
               or, as a hint, a ClusterRole that isn't rendered. Roles that every cluster has (`cluster-admin`, \
               `admin`, `edit`, `view`, `system:…`) are known.",
        why: "The binding is accepted and grants nothing, until a role of that name appears.",
        fix: "Use the helper that names the role. `roleRef` can't be changed later: the binding must be made anew.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: wbe}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::Grant, |reference| Some(concern(cx, reference)));
}

/// The fault of a role that isn't rendered.
fn concern(cx: &Cx, reference: &Reference) -> Concern {
    let Reference { kind, name, .. } = reference;
    let message = format!(
        "{} gives the rights of {kind} `{name}`, which isn't rendered: unless it exists already, it grants nothing",
        title(reference.subject)
    );
    let fix = dangling::advice(cx, reference, "name a role that is rendered");
    let severity = if kind == "Role" { RULE.severity } else { Severity::Note };
    Concern { severity, ..RULE.concern(&reference.field, message, fix) }
}
