//! The garbage collector, and what keeps claims and volumes that are in use: what has lost its owner goes, and what was
//! deleted while somebody used it goes when nobody does any more.

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::objects::{Key, Meta, Owner, Pod};

/// The garbage collector.
pub struct Garbage;

impl Controller for Garbage {
    fn reconcile(&self, cluster: &mut Cluster) {
        for (key, owner) in orphaned_pods(cluster) {
            let Some(about) = cluster.store.pods.get(&key).map(|pod| pod.meta.reference()) else { continue };
            let sentence = format!("{} is deleted: its {} {} is gone", key.name, owner.kind, owner.name);
            cluster.tell(about, sentence, None, None);
            cluster.stop_pod(&key, None);
        }
        for (key, owner) in orphaned_claims(cluster) {
            let sentence = format!("claim {} is deleted: its {} {} is gone", key.name, owner.kind, owner.name);
            let Some(claim) = cluster.store.claims.get(&key) else { continue };
            let is_made_by_a_set = !claim.at.is_empty();
            let because = claim.spec.because("spec.persistentVolumeClaimRetentionPolicy");
            let about = claim.meta.reference();
            cluster.tell(about, sentence, Some(because).filter(|_| is_made_by_a_set), None);
            cluster.delete_claim(&key);
        }
        drop_sets(cluster);
        sweep(cluster);
    }
}

/// Sets of pods and Jobs that have lost their owner.
fn drop_sets(cluster: &mut Cluster) {
    let sets = cluster.store.replica_sets.values().map(|set| &set.meta);
    let jobs = cluster.store.jobs.values().map(|job| &job.meta);
    let is_orphaned =
        |meta: &&Meta| meta.owner.as_ref().is_some_and(|owner| !cluster.store.has(owner.kind, &owner.uid));
    let orphaned: Vec<Meta> = sets.chain(jobs).filter(is_orphaned).cloned().collect();
    for meta in orphaned {
        cluster.store.replica_sets.retain(|_, set| set.meta.uid != meta.uid);
        cluster.store.jobs.retain(|_, job| job.meta.uid != meta.uid);
        let owner = meta.owner.as_ref().map(|owner| format!("{} {}", owner.kind, owner.name)).unwrap_or_default();
        let sentence = format!("{} {} is deleted: its {owner} is gone", meta.kind, meta.key.name);
        cluster.tell(meta.reference(), sentence, None, None);
    }
}

fn orphaned_pods(cluster: &Cluster) -> Vec<(Key, Owner)> {
    let pods = cluster.store.pods.values().filter(|pod| !pod.meta.is_deleting());
    let owned = pods.filter_map(|pod| Some((pod.meta.key.clone(), pod.meta.owner.clone()?)));
    owned.filter(|(_, owner)| !cluster.store.has(owner.kind, &owner.uid)).collect()
}

fn orphaned_claims(cluster: &Cluster) -> Vec<(Key, Owner)> {
    let claims = cluster.store.claims.values().filter(|claim| !claim.meta.is_deleting());
    let owned = claims.filter_map(|claim| Some((claim.meta.key.clone(), claim.meta.owner.clone()?)));
    owned.filter(|(_, owner)| !cluster.store.has(owner.kind, &owner.uid)).collect()
}

/// Takes away what was kept only because somebody used it.
fn sweep(cluster: &mut Cluster) {
    let is_unused = |key: &Key| cluster.store.users(key).all(Pod::has_ended);
    let claims = cluster.store.claims.values().filter(|claim| claim.meta.is_deleting());
    let claims: Vec<Key> = claims.map(|claim| claim.meta.key.clone()).filter(is_unused).collect();
    for key in claims {
        cluster.remove_claim(&key);
    }
    let is_free = |key: &Key| !cluster.store.claims.values().any(|claim| claim.volume.as_deref() == Some(&key.name));
    let volumes = cluster.store.volumes.values().filter(|volume| volume.meta.is_deleting());
    let volumes: Vec<Key> = volumes.map(|volume| volume.meta.key.clone()).filter(is_free).collect();
    for key in volumes {
        cluster.remove_volume(&key);
    }
}
