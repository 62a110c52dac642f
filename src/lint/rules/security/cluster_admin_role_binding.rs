//! A binding gives all rights.

use super::rbac::{bindings, bound, grants_all, rules};
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A binding to `cluster-admin`, or to a role that grants the same.
pub static RULE: Rule = Rule {
    id: "cluster-admin-role-binding",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "binding that gives all rights",
    docs: Docs {
        what: "A ClusterRoleBinding or RoleBinding to the ClusterRole `cluster-admin`, or to a rendered role which \
               grants all verbs on all resources of all groups.",
        why: "Whoever breaks into one of the pods owns the cluster; with a RoleBinding, the namespace and its Secrets.",
        fix: "Bind a role with the verbs and resources that are needed.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for binding in bindings(cx) {
        report.leading(binding, concern(cx, binding).into_iter().collect());
    }
}

/// The fault, if the binding has it. Those that clusters bring along are left alone.
fn concern(cx: &Cx, binding: Subject) -> Option<Concern> {
    let own = binding.object.name();
    if own == "cluster-admin" || own.starts_with("system:") || own.starts_with("gce:") {
        return None;
    }
    let role = binding.object.root().get("roleRef");
    let name = role.get("name").string()?;
    let is_admin = role.get("kind").is("ClusterRole") && name == "cluster-admin";
    if !is_admin && !rules(bound(cx, binding)?).iter().any(grants_all) {
        return None;
    }
    let where_ =
        if binding.object.kind() == "ClusterRoleBinding" { "in the whole cluster" } else { "in its namespace" };
    let message = format!("`{name}` may do everything {where_}: whoever breaks into what is bound to it may, too");
    Some(RULE.concern(&role.get("name"), message, "bind a role with the rights that are needed".to_owned()))
}
