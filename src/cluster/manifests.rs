//! From what a chart renders to what a cluster is handed.

use std::collections::BTreeMap;

use super::objects::Kind;
use super::release::Manifest;
use crate::engine::{Document, DocumentKind};

/// Kinds that do nothing by themselves, here as in a cluster.
const PASSIVE: [&str; 9] = [
    "ConfigMap",
    "Secret",
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "ClusterRole",
    "ClusterRoleBinding",
    "Namespace",
    "CustomResourceDefinition",
];

/// The manifests among what was rendered, by the numbers of their documents.
pub fn manifests(documents: &[Document]) -> Result<Vec<Manifest>, String> {
    let mut manifests = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let hook = match &document.kind {
            DocumentKind::Crd => continue,
            DocumentKind::Manifest => None,
            DocumentKind::Hook(hook) => Some(hook.clone()),
        };
        let object = document.object().map_err(|error| format!("{}: {error}", document.source))?;
        if object.root().is_present() {
            manifests.push(Manifest { document: number, object, hook });
        }
    }
    Ok(manifests)
}

/// What is in a chart and has no effect here, counted by kind: `Ingress`, `HorizontalPodAutoscaler (2)`.
pub fn left_out(documents: &[Document]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for object in documents.iter().filter_map(|document| document.object().ok()) {
        let kind = object.kind();
        if Kind::of(&object.gvk()) == Kind::Other && !kind.is_empty() && !PASSIVE.contains(&kind.as_str()) {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let words = counts.into_iter().map(|(kind, count)| match count {
        1 => kind,
        count => format!("{kind} ({count})"),
    });
    words.collect()
}
