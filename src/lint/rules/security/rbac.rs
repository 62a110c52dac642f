//! The rights that roles grant.

use crate::kube::{Field, Selector};
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

/// The rules of the role that a binding names, those of roles that a cluster puts together into it among them.
pub(super) fn bound_rules(cx: &Cx, binding: Subject) -> Vec<Field> {
    let Some(role) = bound(cx, binding) else { return Vec::new() };
    let mut all = rules(role);
    for selector in role.object.at("aggregationRule.clusterRoleSelectors").items() {
        let selector = Selector::from_field(&selector);
        let parts = cx.of_kind(RBAC, "ClusterRole").filter(|part| part.index != role.index);
        let parts = parts.filter(|part| selector.matches_field(&part.object.metadata().get("labels")));
        all.extend(parts.flat_map(rules));
    }
    all
}

/// What one of some rules grants: the verb, where it is one of these or all, on one of these resources or all.
pub(super) fn granted(rules: &[Field], resources: &[&str], verbs: &[&str]) -> Option<(String, String)> {
    let word = |rule: &Field, key: &str, words: &[&str]| {
        listed(rule, key, words).or_else(|| listed(rule, key, &["*"]))?.string()
    };
    rules.iter().find_map(|rule| Some((word(rule, "verbs", verbs)?, word(rule, "resources", resources)?)))
}
