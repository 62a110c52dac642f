//! Which volume fits a claim.

use super::super::super::Cluster;
use super::super::super::objects::{Claim, Key, Volume, VolumePhase, labels};
use crate::kube::{Quantity, Selector};

/// The volume whose manifest names the claim.
pub fn kept_for(cluster: &Cluster, claim: &Claim) -> Option<String> {
    let is_kept = |volume: &&Volume| volume.claim.as_ref() == Some(&claim.meta.key) && refusal(volume, claim).is_none();
    cluster.store.volumes.values().find(is_kept).map(|volume| volume.meta.key.name.clone())
}

/// The smallest free volume that has all that the claim asks for.
pub fn smallest(cluster: &Cluster, claim: &Claim) -> Option<String> {
    let selector = claim.field("selector");
    let wanted = Selector::from_field(&selector);
    let fits = |volume: &&Volume| {
        volume.phase == VolumePhase::Available
            && volume.claim.is_none()
            && !volume.meta.is_deleting()
            && volume.class == claim.class.as_deref().unwrap_or_default()
            && refusal(volume, claim).is_none()
            && wanted.matches(|label| volume.meta.labels.get(label).cloned())
    };
    let free = cluster.store.volumes.values().filter(fits);
    let smallest = free.min_by_key(|volume| (Quantity::parse(&volume.capacity).ok(), volume.meta.key.name.clone()));
    smallest.map(|volume| volume.meta.key.name.clone())
}

/// Why a volume can't be the claim's, to be read behind its name.
pub fn refusal(volume: &Volume, claim: &Claim) -> Option<String> {
    let is_foreign_uid = volume.claim_uid.as_ref().is_some_and(|uid| *uid != claim.meta.uid);
    if volume.claim.as_ref().is_some_and(|owner| *owner != claim.meta.key) || is_foreign_uid {
        return Some(match volume.phase {
            VolumePhase::Released => "still belongs to the claim of that name that is gone".to_owned(),
            _ => "belongs to another claim".to_owned(),
        });
    }
    let class = claim.class.as_deref().unwrap_or_default();
    if volume.class != class {
        return Some(format!("is of class \"{}\" instead of \"{class}\"", volume.class));
    }
    if Quantity::parse(&volume.capacity).ok() < Quantity::parse(&claim.size()).ok() {
        return Some(format!("has only {} of the {} asked for", volume.capacity, claim.size()));
    }
    let missing = claim.access_modes().into_iter().find(|mode| !volume.access_modes.contains(mode));
    missing.map(|mode| format!("doesn't offer {mode}"))
}

/// The volume that a manifest describes.
pub fn volume_of(meta: super::super::super::objects::Meta, spec: super::super::super::objects::Spec) -> Volume {
    let (policy, claim) = (spec.at("spec.persistentVolumeReclaimPolicy"), spec.at("spec.claimRef"));
    let name = claim.get("name").string();
    let mut meta = meta;
    meta.labels = labels(&spec.at("metadata.labels"));
    Volume {
        capacity: super::written(&spec.at("spec.capacity.storage")),
        access_modes: spec.at("spec.accessModes").items().iter().filter_map(crate::kube::Field::string).collect(),
        reclaim_policy: policy.string().unwrap_or_else(|| "Retain".to_owned()),
        class: spec.at("spec.storageClassName").string().unwrap_or_default(),
        claim: name.map(|name| Key::new(claim.get("namespace").string().unwrap_or_default(), name)),
        claim_uid: None,
        phase: VolumePhase::Available,
        host_path: spec.at("spec.hostPath.path").string(),
        spec: Some(spec),
        meta,
    }
}
