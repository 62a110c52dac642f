//! `ReplicaSet`s: as many pods as are asked for, whichever.
//!
//! Follows `pkg/controller/replicaset/replica_set.go`: pods on their way out don't count, and of too many those go
//! first that matter least.

use std::collections::BTreeMap;

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::event::Record;
use super::super::objects::{Deployment, Key, Kind, Labels, Phase, Pod, ReplicaSet, seconds};
use super::super::pods::NewPod;
use super::super::queue::Alarm;
use super::adoption::{self, Adopter};
use crate::kube::Selector;

/// The controller.
pub struct ReplicaSetController;

impl Controller for ReplicaSetController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.replica_sets.keys().cloned().collect();
        for key in keys {
            adopt(cluster, &key);
            report(cluster, &key);
            sync(cluster, &key);
        }
    }
}

/// Takes over pods without an owner that have its labels.
fn adopt(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.replica_sets.get(key) else { return };
    let label = (!set.hash.is_empty()).then(|| ("pod-template-hash", set.hash.clone()));
    let selector = Selector::from_field(&set.template.spec.at("spec.selector"));
    let because = set.template.spec.because("spec.selector");
    let adopter = Adopter { owner: set.meta.clone(), selector, label, because };
    adoption::adopt_pods(cluster, &adopter);
}

/// Writes down how many pods there are.
fn report(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.replica_sets.get(key) else { return };
    let min_ready = seconds(&set.template.spec.at("spec.minReadySeconds"), 0);
    let (mut current, mut ready, mut available, mut soon) = (0, 0, 0, None);
    for pod in cluster.store.pods_of(&set.meta.uid).filter(|pod| pod.is_active()) {
        current += 1;
        let Some(since) = pod.ready_since else { continue };
        ready += 1;
        let rest = min_ready.saturating_sub(cluster.now.since(since));
        if rest == 0 {
            available += 1;
        } else {
            soon = Some(soon.unwrap_or(rest).min(rest));
        }
    }
    if let Some(rest) = soon {
        cluster.alarm(rest, Alarm::Look);
    }
    let Some(set) = cluster.store.replica_sets.get_mut(key) else { return };
    if (set.current, set.ready, set.available) != (current, ready, available) {
        (set.current, set.ready, set.available) = (current, ready, available);
        cluster.touch();
    }
}

fn sync(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.replica_sets.get(key) else { return };
    let pods: Vec<&Pod> = cluster.store.pods_of(&set.meta.uid).filter(|pod| pod.is_active()).collect();
    if pods.len() < set.replicas {
        let (missing, set) = (set.replicas - pods.len(), set.clone());
        for number in 0..missing {
            make(cluster, &set, number);
        }
    } else if pods.len() > set.replicas {
        let (surplus, set) = (pods.len() - set.replicas, set.clone());
        let brothers = |pod: &Pod| pods.iter().filter(|other| other.node == pod.node).count();
        let mut crowds = BTreeMap::new();
        for pod in &pods {
            crowds.entry(pod.node.clone()).or_insert_with(|| brothers(pod));
        }
        let rank = |pod: &Pod| rank(cluster, pod, crowds.get(&pod.node).copied().unwrap_or(0));
        let mut pods: Vec<_> = pods.iter().map(|pod| (rank(pod), pod.meta.key.clone())).collect();
        pods.sort();
        for (_, pod) in pods.into_iter().take(surplus) {
            delete(cluster, &set, &pod);
        }
    }
}

fn make(cluster: &mut Cluster, set: &ReplicaSet, number: usize) {
    let about = set.meta.reference();
    let name = &set.meta.key.name;
    let replicas = set.template.spec.because("spec.replicas");
    if !cluster.has_room() {
        let sentence =
            format!("no more than {} pods are simulated: {name} gets no further ones", super::super::MAX_PODS);
        cluster.tell_wait(about, sentence, Some(replicas), None);
        return;
    }
    let purpose = format!("pod of {} {}", set.meta.uid, set.made + number);
    let pod = format!("{name}-{}", cluster.settings.seed.ending(&purpose, 5));
    let mut labels = Labels::new();
    if !set.hash.is_empty() {
        labels.insert("pod-template-hash".to_owned(), set.hash.clone());
    }
    let key = set.meta.key.beside(&pod);
    let (template, owner) = (set.template.clone(), Some(set.meta.as_owner()));
    cluster.add_pod(NewPod { key: key.clone(), template, labels, owner, claims: Vec::new() });
    if let Some(set) = cluster.store.replica_sets.get_mut(&set.meta.key) {
        set.made += 1;
    }
    let sentence = format!("{pod} is made: ReplicaSet {name} is to have {}", set.replicas);
    if let Some(about) = cluster.store.pods.get(&key).map(|pod| pod.meta.reference()) {
        let record = Record::normal("SuccessfulCreate", format!("Created pod: {pod}")).of(set.meta.reference());
        cluster.tell(about, sentence, Some(replicas), Some(record));
    }
}

fn delete(cluster: &mut Cluster, set: &ReplicaSet, pod: &Key) {
    let Some(about) = cluster.store.pods.get(pod).map(|pod| pod.meta.reference()) else { return };
    let sentence = format!("{} is deleted: ReplicaSet {} is to have {}", pod.name, set.meta.key.name, set.replicas);
    let because = set.template.spec.because("spec.replicas");
    let record = Record::normal("SuccessfulDelete", format!("Deleted pod: {}", pod.name)).of(set.meta.reference());
    cluster.tell(about, sentence, Some(because), Some(record));
    cluster.stop_pod(pod, None);
}

/// The order in which pods go, the first first: without a node, not running, not Ready, cheap to delete, with many of
/// their like on the node, Ready for a short time, often restarted, young.
type Rank = (
    bool,
    bool,
    bool,
    i64,
    std::cmp::Reverse<usize>,
    u64,
    std::cmp::Reverse<u32>,
    std::cmp::Reverse<super::super::Moment>,
);

fn rank(cluster: &Cluster, pod: &Pod, brothers: usize) -> Rank {
    use std::cmp::Reverse;
    let cost = pod.template.field.at("metadata.annotations").get("controller.kubernetes.io/pod-deletion-cost");
    let cost = cost.string().and_then(|cost| cost.parse().ok()).unwrap_or(0);
    let ready_for = pod.ready_since.map_or(0, |since| cluster.now.since(since));
    let restarts = pod.containers.iter().map(|status| status.restarts).max().unwrap_or_default();
    (
        pod.node.is_some(),
        pod.phase == Phase::Running,
        pod.is_ready(),
        cost,
        Reverse(brothers),
        ready_for,
        Reverse(restarts),
        Reverse(pod.meta.created),
    )
}

impl Cluster {
    /// Sets the number of pods of a `ReplicaSet`, as its Deployment does, and tells why.
    pub(in super::super) fn scale_replica_set(&mut self, key: &Key, replicas: usize, owner: &Deployment, why: &str) {
        let (desired, most) = (owner.replicas, owner.most());
        let Some(set) = self.store.replica_sets.get_mut(key) else { return };
        let before = set.replicas;
        if (set.desired, set.most) != (desired, most) {
            (set.desired, set.most) = (desired, most);
            self.touch();
        }
        let Some(set) = self.store.replica_sets.get_mut(key).filter(|_| before != replicas) else { return };
        set.replicas = replicas;
        let owner = set.meta.owner.clone();
        let (because, mut about) = (set.template.spec.because("spec.strategy"), set.meta.reference());
        if let Some(owner) = owner {
            about.kind = Kind::Deployment.to_string();
            about.name = owner.name;
        }
        let direction = if replicas > before { "up" } else { "down" };
        let message = format!("Scaled {direction} replica set {} from {before} to {replicas}", key.name);
        let sentence = format!("ReplicaSet {} goes from {before} to {replicas}: {why}", key.name);
        self.tell(about, sentence, Some(because), Some(Record::normal("ScalingReplicaSet", message)));
    }
}
