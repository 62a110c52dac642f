//! A binding lets pods be made.

use super::rbac::{bindings, bound_rules, granted};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A binding to a role that may create pods.
pub static RULE: Rule = Rule {
    id: "access-to-create-pods",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "binding that lets pods be made",
    docs: Docs {
        what: "A binding to a rendered role (roles that are put together into it included) which may create pods, or \
               what makes pods.",
        why: "Who may make a pod may run it under each account of the namespace, and so has the rights of all.",
        fix: "Leave it to controllers that need it.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\", batch], resources: [pods], verbs: [create]}
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
  - {apiGroups: [\"\", batch], resources: [pods], verbs: [get]}
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
        if let Some((verb, resource)) = granted(
            &bound_rules(cx, binding),
            &["pods", "deployments", "statefulsets", "replicasets", "daemonsets", "jobs", "cronjobs"],
            &["create"],
        ) {
            let field = binding.object.at("roleRef.name");
            let message = format!("the role that is bound grants `{verb}` on `{resource}`");
            report.leading(binding, vec![RULE.concern(&field, message, "grant less, or name the objects".to_owned())]);
        }
    }
}
