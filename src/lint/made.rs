//! Secrets that are made in the cluster of other objects, whose names are known before.

use super::cx::Subject;
use crate::kube::GroupVersionKind;

/// The name of the Secret that a widespread operator makes of a custom resource, in the same namespace.
pub(super) fn secret(gvk: &GroupVersionKind, subject: Subject) -> Option<String> {
    let object = subject.object;
    match (gvk.group.as_str(), gvk.kind.as_str()) {
        ("cert-manager.io" | "certmanager.k8s.io", "Certificate") => object.at("spec.secretName").string(),
        ("external-secrets.io", "ExternalSecret") => {
            object.at("spec.target.name").string().or_else(|| Some(object.name()))
        }
        ("bitnami.com", "SealedSecret") => {
            object.at("spec.template.metadata.name").string().or_else(|| Some(object.name()))
        }
        _ => None,
    }
}
