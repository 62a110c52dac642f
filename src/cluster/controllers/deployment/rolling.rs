//! `RollingUpdate`: up with the new pods as far as the surge allows, down with the old ones as far as enough are
//! available.

use super::super::super::Cluster;
use super::super::super::objects::{Deployment, ReplicaSet};
use super::{Fenceposts, ensure_newest, old};

pub(super) fn roll(cluster: &mut Cluster, deployment: &Deployment) {
    let Some(new) = ensure_newest(cluster, deployment) else { return };
    let old = old(cluster, deployment);
    let fenceposts = Fenceposts::of(deployment);
    if !grow(cluster, deployment, &new, &old, fenceposts) {
        shrink(cluster, deployment, &new, &old, fenceposts);
    }
}

/// Scales the new `ReplicaSet`. `false` where it stays as it is.
fn grow(
    cluster: &mut Cluster,
    deployment: &Deployment,
    new: &ReplicaSet,
    old: &[ReplicaSet],
    fenceposts: Fenceposts,
) -> bool {
    let wanted = deployment.replicas;
    let all = new.replicas + total(old, |set| set.replicas);
    let most = wanted + fenceposts.surge;
    let (replicas, why) = if new.replicas > wanted || old.iter().all(|set| set.replicas == 0) {
        (wanted, format!("{} is to have {wanted}", deployment.meta.key.name))
    } else {
        let grown = grown(wanted, most, all, new.replicas);
        (grown, format!("there may be {most} pods at once ({wanted} and {} by maxSurge)", fenceposts.surge))
    };
    if replicas == new.replicas {
        return false;
    }
    cluster.scale_replica_set(&new.meta.key, replicas, deployment, &why);
    true
}

/// How large the new `ReplicaSet` becomes where there may be `most` pods and are `all`.
fn grown(wanted: usize, most: usize, all: usize, new: usize) -> usize {
    new + most.saturating_sub(all).min(wanted.saturating_sub(new))
}

fn total(sets: &[ReplicaSet], of: impl Fn(&ReplicaSet) -> usize) -> usize {
    sets.iter().map(of).sum()
}

/// Scales the old `ReplicaSet`s down: first by pods that aren't available anyway, then by those that needn't be.
fn shrink(
    cluster: &mut Cluster,
    deployment: &Deployment,
    new: &ReplicaSet,
    old: &[ReplicaSet],
    fenceposts: Fenceposts,
) {
    let left = total(old, |set| set.replicas);
    if left == 0 {
        return;
    }
    let least = deployment.replicas.saturating_sub(fenceposts.unavailable);
    let all = new.replicas + left;
    let not_yet = new.replicas.saturating_sub(new.available);
    let most = all.saturating_sub(least).saturating_sub(not_yet);
    let (mut sets, unhealthy) = drop_unhealthy(cluster, deployment, old, most);
    let available = new.available + total(&sets, |set| set.available);
    let mut rest = available.saturating_sub(least);
    let why = format!(
        "{available} pods are available, and {least} must be ({} less {} by maxUnavailable)",
        deployment.replicas, fenceposts.unavailable
    );
    let mut has_scaled = unhealthy > 0;
    if most > 0 {
        for set in sets.iter_mut().filter(|set| set.replicas > 0) {
            let fewer = set.replicas.min(rest);
            if fewer == 0 {
                break;
            }
            rest -= fewer;
            has_scaled = true;
            cluster.scale_replica_set(&set.meta.key, set.replicas - fewer, deployment, &why);
        }
    }
    if !has_scaled {
        let sentence = if available > least {
            format!("the rollout waits for its new pods: {} of {} are available", new.available, new.replicas)
        } else {
            format!("the rollout waits: {available} pods are available, and {least} must be")
        };
        let because = Some(deployment.spec.because("spec.strategy"));
        cluster.tell_wait(deployment.meta.reference(), sentence, because, None);
    }
}

/// Does away with old pods that aren't available. What is left of the sets, and how many went.
fn drop_unhealthy(
    cluster: &mut Cluster,
    deployment: &Deployment,
    old: &[ReplicaSet],
    most: usize,
) -> (Vec<ReplicaSet>, usize) {
    let (mut sets, mut dropped) = (old.to_vec(), 0);
    for set in &mut sets {
        let fewer = set.replicas.saturating_sub(set.available).min(most - dropped);
        if fewer > 0 {
            dropped += fewer;
            set.replicas -= fewer;
            let why = "those of its pods that aren't available go first";
            cluster.scale_replica_set(&set.meta.key, set.replicas, deployment, why);
        }
    }
    (sets, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `TestNewRSNewReplicas` of `util/deployment_util_test.go` and `TestDeploymentController_reconcileNewReplicaSet` of
    /// `rolling_test.go`: replicas, surge, all pods, new ones, and what the new ones become.
    #[test]
    fn the_new_set_grows_as_far_as_the_surge_allows() {
        for (wanted, surge, all, new, expected) in [
            (1, 1, 5, 5, 5),
            (6, 10, 5, 2, 6),
            (10, 0, 10, 0, 0),
            (10, 2, 10, 0, 2),
            (10, 2, 5, 0, 7),
            (10, 2, 12, 2, 2),
        ] {
            assert_eq!(grown(wanted, wanted + surge, all, new), expected, "{wanted} {surge} {all} {new}");
        }
    }
}
