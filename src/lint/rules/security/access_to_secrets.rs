//! A binding lets Secrets be read.

use super::rbac::{bindings, bound_rules, granted};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A binding to a role that may read Secrets.
pub static RULE: Rule = Rule {
    id: "access-to-secrets",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "binding that lets Secrets be read",
    docs: Docs {
        what: "A binding to a rendered role (roles that are put together into it included) which may get, list, watch, \
               create or delete Secrets.",
        why: "Who may read Secrets knows mostly all passwords of the namespace or the cluster.",
        fix: "Name the Secrets by `resourceNames`, or mount them.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\", batch], resources: [secrets], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\", batch], resources: [configmaps], verbs: [get]}
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
    for binding in bindings(cx) {
        if let Some((verb, resource)) =
            granted(&bound_rules(cx, binding), &["secrets"], &["get", "list", "delete", "create", "watch"])
        {
            let field = binding.object.at("roleRef.name");
            let message = format!("the role that is bound grants `{verb}` on `{resource}`");
            report.leading(binding, vec![RULE.concern(&field, message, "grant less, or name the objects".to_owned())]);
        }
    }
}
