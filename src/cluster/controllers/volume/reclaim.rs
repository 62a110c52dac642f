//! What becomes of volumes whose claim is gone, and of claims whose volume is.

use super::super::super::Cluster;
use super::super::super::objects::{ClaimPhase, Key, Volume, VolumePhase};

/// Releases the volumes of claims that are gone, and deletes those whose policy says so.
pub fn release(cluster: &mut Cluster) {
    let has_claim = |volume: &Volume| {
        let claim = volume.claim.as_ref().and_then(|claim| cluster.store.claims.get(claim));
        claim.is_some_and(|claim| Some(&claim.meta.uid) == volume.claim_uid.as_ref())
    };
    let bound = cluster.store.volumes.values().filter(|volume| volume.phase == VolumePhase::Bound);
    let freed: Vec<Key> = bound.filter(|volume| !has_claim(volume)).map(|volume| volume.meta.key.clone()).collect();
    for key in freed {
        reclaim(cluster, &key);
    }
    lose(cluster);
}

fn reclaim(cluster: &mut Cluster, key: &Key) {
    let Some(volume) = cluster.store.volumes.get_mut(key) else { return };
    let about = volume.meta.reference();
    let because = volume.spec.as_ref().map(|spec| spec.because("spec.persistentVolumeReclaimPolicy"));
    let is_deletable = volume.spec.is_none() || volume.host_path.as_ref().is_some_and(|path| path.starts_with("/tmp/"));
    let name = &key.name;
    let (phase, sentence) = match (volume.reclaim_policy.as_str(), is_deletable) {
        ("Delete", true) => {
            let sentence = format!("volume {name} is deleted with all that is on it: its claim is gone (Delete)");
            cluster.remove_volume(key);
            return cluster.tell(about, sentence, because, None);
        }
        ("Delete", false) => {
            (VolumePhase::Failed, format!("volume {name} can't be deleted: no provisioner made it (Delete)"))
        }
        _ => (VolumePhase::Released, format!("volume {name} stays with all that is on it: its claim is gone (Retain)")),
    };
    volume.phase = phase;
    cluster.tell(about, sentence, because, None);
}

/// Claims whose volume is gone have lost it.
fn lose(cluster: &mut Cluster) {
    let is_there = |name: &str| cluster.store.volumes.contains_key(&Key::new("", name));
    let bound = cluster.store.claims.values().filter(|claim| claim.phase == ClaimPhase::Bound);
    let lost = bound.filter(|claim| claim.volume.as_deref().is_some_and(|name| !is_there(name)));
    let lost: Vec<Key> = lost.map(|claim| claim.meta.key.clone()).collect();
    for key in lost {
        let Some(claim) = cluster.store.claims.get_mut(&key) else { continue };
        claim.phase = ClaimPhase::Lost;
        let about = claim.meta.reference();
        cluster.tell(about, format!("claim {} has lost its volume", key.name), None, None);
    }
}
