//! Another number of replicas, also in the middle of a rollout.

use super::super::super::Cluster;
use super::super::super::objects::{Deployment, ReplicaSet};
use super::{Fenceposts, newest, old, replica_sets};

/// Whether the number of replicas has changed since the `ReplicaSet`s were scaled last.
pub(super) fn is_needed(cluster: &Cluster, deployment: &Deployment) -> bool {
    let sets = replica_sets(cluster, deployment);
    sets.iter().any(|set| set.replicas > 0 && set.desired != deployment.replicas)
}

pub(super) fn scale(cluster: &mut Cluster, deployment: &Deployment) {
    let wanted = deployment.replicas;
    let why = format!("{wanted} replicas are wanted");
    let active: Vec<ReplicaSet> =
        replica_sets(cluster, deployment).into_iter().filter(|set| set.replicas > 0).collect();
    if let [only] = active.as_slice() {
        cluster.scale_replica_set(&only.meta.key, wanted, wanted, &why);
        return;
    }
    let is_done = newest(cluster, deployment).is_some_and(|new| new.replicas == wanted && new.available == wanted);
    if is_done {
        for set in old(cluster, deployment).iter().filter(|set| set.replicas > 0) {
            cluster.scale_replica_set(&set.meta.key, 0, wanted, "all new pods are available");
        }
        return;
    }
    share(cluster, deployment, active);
}

/// In the middle of a rollout each `ReplicaSet` gets its part of what is added or taken away; the largest gets the rest.
fn share(cluster: &mut Cluster, deployment: &Deployment, mut active: Vec<ReplicaSet>) {
    let allowed = match deployment.replicas {
        0 => 0,
        replicas => replicas + Fenceposts::of(deployment).surge,
    };
    let all: usize = active.iter().map(|set| set.replicas).sum();
    let more = signed(allowed) - signed(all);
    if more >= 0 {
        active.sort_by_key(|set| (std::cmp::Reverse(set.replicas), std::cmp::Reverse(set.meta.created)));
    } else {
        active.sort_by_key(|set| (std::cmp::Reverse(set.replicas), set.meta.created));
    }
    let mut added = 0;
    let mut sizes: Vec<i64> = Vec::new();
    for set in &active {
        let part = part(set, deployment, more, added);
        added += part;
        sizes.push(signed(set.replicas) + part);
    }
    if let Some(first) = sizes.first_mut() {
        *first += more - added;
    }
    let why = format!("{} replicas are wanted, and each ReplicaSet gets its part", deployment.replicas);
    for (set, size) in active.iter().zip(sizes) {
        let size = usize::try_from(size).unwrap_or(0);
        cluster.scale_replica_set(&set.meta.key, size, deployment.replicas, &why);
    }
}

/// What a `ReplicaSet` gets of what is added: in proportion to its size, and never more than is left.
fn part(set: &ReplicaSet, deployment: &Deployment, more: i64, added: i64) -> i64 {
    if set.replicas == 0 || more == 0 {
        return 0;
    }
    if deployment.replicas == 0 {
        return (-signed(set.replicas)).max(more - added);
    }
    let most = signed(set.desired + Fenceposts::with(deployment, set.desired).surge).max(1);
    let size = signed(set.replicas);
    let target = signed(deployment.replicas) + signed(Fenceposts::of(deployment).surge);
    // Rounded to the nearest, halves up.
    let fraction = (2 * size * target + most).div_euclid(2 * most) - size;
    let left = more - added;
    if more > 0 { fraction.min(left) } else { fraction.max(left) }
}

fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
