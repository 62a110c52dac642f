//! Names of objects that aren't rendered where they are looked for.

use std::collections::BTreeSet;

use super::cross_namespace_reference;
use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};

/// Reports what is named for this purpose and isn't rendered: once for every object and name. What is rendered in
/// another namespace is another rule's, if that one is on.
pub(in crate::lint::rules) fn check(
    cx: &Cx,
    report: &mut Report,
    role: Role,
    concern: impl Fn(&Reference) -> Option<Concern>,
) {
    let is_elsewhere = |reference: &Reference| {
        cx.config().is_on(&cross_namespace_reference::RULE) && elsewhere(cx, reference).is_some()
    };
    for reference in missing(cx, role) {
        if is_elsewhere(reference) {
            continue;
        }
        let found = concern(reference);
        let weighed = found.map(|found| Concern { severity: cx.weight_of_absence(found.severity), ..found });
        report.leading(reference.subject, weighed.into_iter().collect());
    }
}

/// What is named for this purpose and isn't rendered, once for every object and name.
pub(super) fn missing<'c>(cx: &'c Cx<'c>, role: Role) -> Vec<&'c Reference<'c>> {
    let mut seen = BTreeSet::new();
    let missing = cx.references(role).filter(|reference| {
        !is_rendered(cx, reference)
            && !is_known(reference)
            && !is_made(cx, reference)
            && seen.insert((reference.subject.index, reference.kind.as_str(), reference.name.as_str()))
    });
    missing.collect()
}

/// Whether what is named is rendered where it is looked for.
pub(super) fn is_rendered(cx: &Cx, reference: &Reference) -> bool {
    let Reference { group, kind, namespace, name, .. } = reference;
    cx.index().find(group, kind, namespace, name).next().is_some()
}

/// The namespace in which an object of that name is rendered instead. (A Service that the API server calls is named
/// with its namespace.)
pub(super) fn elsewhere<'c>(cx: &'c Cx, reference: &Reference) -> Option<&'c str> {
    let Reference { group, kind, namespace, name, role, .. } = reference;
    if *role == Role::Webhook || namespace.is_empty() {
        return None;
    }
    let mut others = cx.index().named(group, kind, name).iter().map(|named| named.namespace.as_str());
    others.find(|other| other != namespace)
}

/// What to do: use the name that was probably meant, or else something else.
pub(in crate::lint::rules) fn advice(cx: &Cx, reference: &Reference, otherwise: &str) -> String {
    let Reference { group, kind, namespace, name, .. } = reference;
    match likely(name, cx.index().names(group, kind, namespace)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => otherwise.to_owned(),
    }
}

/// Whether it is made in the cluster of something that is rendered: a Secret of a Certificate.
fn is_made(cx: &Cx, reference: &Reference) -> bool {
    reference.role == Role::Secret && cx.index().is_made_secret(&reference.namespace, &reference.name)
}

/// Whether Kubernetes itself makes it in each namespace, or in each cluster.
fn is_known(reference: &Reference) -> bool {
    let name = reference.name.as_str();
    match reference.role {
        Role::ServiceAccount => name == "default",
        Role::ConfigMap => name == "kube-root-ca.crt",
        Role::Grant => {
            let users = ["cluster-admin", "admin", "edit", "view"];
            name.starts_with("system:")
                || (reference.kind == "ClusterRole" && users.contains(&name))
                || (reference.namespace == "kube-system" && name == "extension-apiserver-authentication-reader")
        }
        Role::Webhook => reference.namespace == "default" && name == "kubernetes",
        Role::Backend => reference.part.as_ref().is_some_and(is_action),
        _ => false,
    }
}

/// Whether a port stands for what an annotation says, as the controller of AWS has it: there is no such Service.
fn is_action(port: &crate::kube::Field) -> bool {
    port.is("use-annotation") || port.get("name").is("use-annotation")
}
