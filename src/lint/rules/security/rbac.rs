//! The rights that roles grant.

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};

/// The group of roles and bindings.
pub(super) const RBAC: &str = "rbac.authorization.k8s.io";

/// The roles among the objects, of namespaces and of the cluster.
pub(super) fn roles<'c>(cx: &'c Cx) -> impl Iterator<Item = Subject<'c>> {
    ["Role", "ClusterRole"].into_iter().flat_map(|kind| cx.of_kind(RBAC, kind))
}

/// The bindings among the objects, of namespaces and of the cluster.
pub(super) fn bindings<'c>(cx: &'c Cx) -> impl Iterator<Item = Subject<'c>> {
    ["RoleBinding", "ClusterRoleBinding"].into_iter().flat_map(|kind| cx.of_kind(RBAC, kind))
}

/// The rules of a role.
pub(super) fn rules(role: Subject) -> Vec<Field> {
    role.object.root().get("rules").items()
}

/// The first item of a list of a rule that is one of these words.
pub(super) fn listed(rule: &Field, key: &str, words: &[&str]) -> Option<Field> {
    rule.get(key).items().into_iter().find(|item| words.iter().any(|word| item.is(word)))
}

/// Whether a rule grants everything on everything: all verbs are meant by a star or by naming each.
pub(super) fn grants_all(rule: &Field) -> bool {
    const ALL: [&str; 7] = ["get", "list", "watch", "create", "update", "patch", "delete"];
    let has_star = |key: &str| listed(rule, key, &["*"]).is_some();
    let has_all_verbs = || ALL.iter().all(|verb| listed(rule, "verbs", &[verb]).is_some());
    has_star("apiGroups") && has_star("resources") && (has_star("verbs") || has_all_verbs())
}

/// The rendered role that a binding names.
pub(super) fn bound<'a>(cx: &Cx<'a>, binding: Subject) -> Option<Subject<'a>> {
    let role = binding.object.root().get("roleRef");
    let (kind, name) = (role.get("kind").string()?, role.get("name").string()?);
    let namespace = if kind == "Role" { cx.namespace(binding.object) } else { String::new() };
    cx.index().find(RBAC, &kind, &namespace, &name).next()
}
