//! Deployments: a `ReplicaSet` for each template, and pods that move from the old ones to the new one.
//!
//! Follows `pkg/controller/deployment`: `sync.go` for scaling, `rolling.go` and `recreate.go` for updates.

mod progress;
mod rolling;
mod scale;

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::objects::{Deployment, Key, Kind, ReplicaSet, Template};
use super::adoption::{self, Adopter};
use crate::kube::{Field, Selector};

/// The controller.
pub struct DeploymentController;

impl Controller for DeploymentController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.deployments.keys().cloned().collect();
        for key in keys {
            if let Some(deployment) = cluster.store.deployments.get(&key).cloned() {
                adopt(cluster, &deployment);
                sync(cluster, &deployment);
            }
        }
    }
}

/// The strategy's name for doing away with the old pods first.
const RECREATE: &str = "Recreate";

/// Takes over `ReplicaSet`s without an owner that have its labels.
fn adopt(cluster: &mut Cluster, deployment: &Deployment) {
    let because = deployment.spec.because("spec.selector");
    let selector = Selector::from_field(&deployment.spec.at("spec.selector"));
    let adopter = Adopter { owner: deployment.meta.clone(), selector, label: None, because };
    adoption::adopt_replica_sets(cluster, &adopter);
}

fn sync(cluster: &mut Cluster, deployment: &Deployment) {
    if scale::is_needed(cluster, deployment) {
        scale::scale(cluster, deployment);
        return;
    }
    if deployment.spec.at("spec.paused").is_true() {
        return;
    }
    if deployment.spec.at("spec.strategy.type").is(RECREATE) {
        recreate(cluster, deployment);
    } else {
        rolling::roll(cluster, deployment);
    }
    clean_up(cluster, deployment);
    progress::watch(cluster, deployment);
}

/// The `ReplicaSet`s of a Deployment, the oldest first.
fn replica_sets(cluster: &Cluster, deployment: &Deployment) -> Vec<ReplicaSet> {
    let sets = cluster.store.replica_sets.values().filter(|set| set.meta.is_owned_by(&deployment.meta.uid));
    let mut sets: Vec<ReplicaSet> = sets.cloned().collect();
    sets.sort_by_key(|set| (set.meta.created, set.revision, set.meta.key.clone()));
    sets
}

/// The `ReplicaSet` of the latest template, if there is one.
fn newest(cluster: &Cluster, deployment: &Deployment) -> Option<ReplicaSet> {
    let fingerprint = Template::at(&deployment.spec, "spec.template").fingerprint();
    replica_sets(cluster, deployment).into_iter().find(|set| set.fingerprint == fingerprint)
}

/// The `ReplicaSet`s of other templates, the oldest first.
fn old(cluster: &Cluster, deployment: &Deployment) -> Vec<ReplicaSet> {
    let fingerprint = Template::at(&deployment.spec, "spec.template").fingerprint();
    replica_sets(cluster, deployment).into_iter().filter(|set| set.fingerprint != fingerprint).collect()
}

/// The `ReplicaSet` of the latest template, which is made where it isn't there. One that was there before counts as
/// the latest again.
fn ensure_newest(cluster: &mut Cluster, deployment: &Deployment) -> Option<ReplicaSet> {
    let last = replica_sets(cluster, deployment).iter().map(|set| set.revision).max().unwrap_or(0);
    let found = newest(cluster, deployment);
    if let Some(mut found) = found {
        if found.revision < last {
            found.revision = last + 1;
            set_revision(cluster, &found.meta.key, deployment, last + 1);
        }
        return Some(found);
    }
    let template = Template::at(&deployment.spec, "spec.template");
    let fingerprint = template.fingerprint();
    let hash = cluster.settings.seed.template_hash(&format!("{} {fingerprint}", deployment.meta.key));
    let key = deployment.meta.key.beside(format!("{}-{hash}", deployment.meta.key.name));
    let mut meta = cluster.meta(Kind::ReplicaSet, key.clone());
    meta.owner = Some(deployment.meta.as_owner());
    meta.labels = template.labels();
    meta.labels.insert("pod-template-hash".to_owned(), hash.clone());
    let set = ReplicaSet {
        hash,
        desired: deployment.replicas,
        most: deployment.most(),
        ..ReplicaSet::new(meta, template, 0)
    };
    cluster.store.replica_sets.insert(key.clone(), set);
    set_revision(cluster, &key, deployment, last + 1);
    cluster.store.replica_sets.get(&key).cloned()
}

fn set_revision(cluster: &mut Cluster, key: &Key, deployment: &Deployment, revision: u32) {
    if let Some(set) = cluster.store.replica_sets.get_mut(key) {
        set.revision = revision;
    }
    if let Some(deployment) = cluster.store.deployments.get_mut(&deployment.meta.key) {
        deployment.revision = revision;
    }
    cluster.touch();
}

/// Recreate: the old pods have to be gone before there are new ones.
fn recreate(cluster: &mut Cluster, deployment: &Deployment) {
    let old = old(cluster, deployment);
    let mut has_scaled = false;
    for set in old.iter().filter(|set| set.replicas > 0) {
        cluster.scale_replica_set(&set.meta.key, 0, deployment, "the old pods go first (Recreate)");
        has_scaled = true;
    }
    let still_there = old.iter().flat_map(|set| cluster.store.pods_of(&set.meta.uid)).filter(|pod| !pod.has_ended());
    let still_there: Vec<String> = still_there.map(|pod| pod.meta.key.name.clone()).collect();
    if has_scaled || !still_there.is_empty() {
        let because = Some(deployment.spec.because("spec.strategy"));
        let sentence = format!("the new pods wait: {} must be gone first (Recreate)", still_there.join(", "));
        cluster.tell_wait(deployment.meta.reference(), sentence, because, None);
        return;
    }
    if let Some(new) = ensure_newest(cluster, deployment) {
        let why = "no old pod is left (Recreate)";
        cluster.scale_replica_set(&new.meta.key, deployment.replicas, deployment, why);
    }
}

/// Unless the manifest says otherwise, so many old `ReplicaSet`s are kept.
const HISTORY: usize = 10;

/// Deletes the oldest of the `ReplicaSet`s that have no pods, where there are too many.
fn clean_up(cluster: &mut Cluster, deployment: &Deployment) {
    let limit = deployment.spec.at("spec.revisionHistoryLimit").integer();
    let limit = limit.map_or(HISTORY, |limit| usize::try_from(limit).unwrap_or(0));
    let mut old = old(cluster, deployment);
    if newest(cluster, deployment).is_none_or(|new| new.available < deployment.replicas) || old.len() <= limit {
        return;
    }
    old.sort_by_key(|set| set.revision);
    let surplus = old.len() - limit;
    for set in old.iter().take(surplus).filter(|set| set.replicas == 0 && set.current == 0) {
        if cluster.store.replica_sets.remove(&set.meta.key).is_some() {
            cluster.touch();
        }
    }
}

/// A number, or a percentage of the replicas.
fn scaled(field: &Field, default: usize, replicas: usize, rounding: Rounding) -> usize {
    let percent = |percent: usize| match rounding {
        Rounding::Up => (percent * replicas).div_ceil(100),
        Rounding::Down => percent * replicas / 100,
    };
    match field.string() {
        Some(written) => percent(written.trim_end_matches('%').parse().unwrap_or(default).min(10_000)),
        None => field.integer().map_or_else(|| percent(default), |number| usize::try_from(number).unwrap_or(0)),
    }
}

/// Which way a part of a pod is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rounding {
    Up,
    Down,
}

/// How many pods there may be too many and too few during a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fenceposts {
    surge: usize,
    unavailable: usize,
}

impl Fenceposts {
    fn of(deployment: &Deployment) -> Self {
        if deployment.spec.at("spec.strategy.type").is(RECREATE) {
            return Self { surge: 0, unavailable: 0 };
        }
        let strategy = deployment.spec.at("spec.strategy.rollingUpdate");
        let (surge, unavailable) = (strategy.get("maxSurge"), strategy.get("maxUnavailable"));
        let Self { surge, unavailable } = Self::resolve(&surge, &unavailable, deployment.replicas);
        Self { surge, unavailable: unavailable.min(deployment.replicas) }
    }

    fn resolve(surge: &Field, unavailable: &Field, replicas: usize) -> Self {
        const USUAL: usize = 25;
        let surge = scaled(surge, USUAL, replicas, Rounding::Up);
        let unavailable = scaled(unavailable, USUAL, replicas, Rounding::Down);
        // Of nothing too much and nothing too little no rollout could be made.
        Self { surge, unavailable: if surge == 0 && unavailable == 0 { 1 } else { unavailable } }
    }
}

impl Deployment {
    /// How many pods it may have at once.
    pub fn most(&self) -> usize {
        self.replicas + Fenceposts::of(self).surge
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::Object;

    /// `TestResolveFenceposts` of `pkg/controller/deployment/util/deployment_util_test.go`.
    #[test]
    fn parts_are_rounded_so_that_a_rollout_can_go_on() {
        for (surge, unavailable, replicas, expected) in
            [("0%", "0%", 0, (0, 1)), ("39%", "39%", 10, (4, 3)), ("0", "39%", 10, (0, 3)), ("39%", "0", 10, (4, 0))]
        {
            let text = format!("surge: {surge}\nunavailable: {unavailable}\n");
            let object = Object::read(text.as_bytes()).expect("YAML");
            let fenceposts = Fenceposts::resolve(&object.at("surge"), &object.at("unavailable"), replicas);
            assert_eq!((fenceposts.surge, fenceposts.unavailable), expected, "{text}");
        }
    }
}
