//! `StatefulSet`s: pods with names, one after the other or all at once, each with claims of its own.
//!
//! Follows `pkg/controller/statefulset/stateful_set_control.go`: replicas first, then what is above the number of
//! replicas, then the update, from the highest ordinal down.

mod identity;
mod replicas;
mod revision;
mod rollout;
mod round;

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::objects::Key;
use round::Round;

/// The controller.
pub struct StatefulSetController;

impl Controller for StatefulSetController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.stateful_sets.keys().cloned().collect();
        for key in keys {
            sync(cluster, &key);
        }
    }
}

fn sync(cluster: &mut Cluster, key: &Key) {
    identity::adopt(cluster, key);
    revision::revise(cluster, key);
    let Some(round) = Round::of(cluster, key) else { return };
    round.report(cluster);
    if round.set.meta.is_deleting() {
        return;
    }
    identity::own_claims(cluster, &round);
    let go_on = replicas::bring_up(cluster, &round) && replicas::bring_down(cluster, &round);
    if go_on {
        rollout::update(cluster, &round);
    }
}
