//! The volumes of pods and what mounts them.

use crate::kube::{Container, Field, WorkloadKind};
use crate::lint::pods::Pods;

/// Everything a container mounts, file systems and devices.
pub(super) fn mounts(container: &Container) -> Vec<Field> {
    ["volumeMounts", "volumeDevices"].into_iter().flat_map(|key| container.get(key).items()).collect()
}

/// The claims that a `StatefulSet` makes for each pod; others make none.
pub(super) fn claim_templates(pods: &Pods) -> Vec<Field> {
    match pods.kind {
        Some(WorkloadKind::StatefulSet) => pods.subject.object.at("spec.volumeClaimTemplates").items(),
        _ => Vec::new(),
    }
}

/// The names of claims that a `StatefulSet` makes.
pub(super) fn claim_names(pods: &Pods) -> Vec<String> {
    claim_templates(pods).iter().filter_map(|template| template.at("metadata.name").string()).collect()
}

/// Whether a container mounts the volume of that name.
pub(super) fn is_mounted(pods: &Pods, volume: &str) -> bool {
    let containers = pods.spec.all_containers();
    containers.iter().flat_map(mounts).any(|mount| mount.get("name").is(volume))
}

/// Whether a claim is one of those a `StatefulSet` makes for its pods: `data-web-0`.
pub(super) fn is_made_by(set: &Pods, claim: &str) -> bool {
    let set_name = set.subject.object.name();
    claim_names(set).iter().any(|template| {
        let number = claim.strip_prefix(&format!("{template}-{set_name}-"));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    })
}
