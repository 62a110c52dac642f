//! The scheduler: gives pods to nodes, in turn. Resources, affinities and taints are not looked at.

use std::collections::BTreeMap;

use super::Cluster;
use super::controller::Controller;
use super::event::{Because, Record};
use super::objects::{Claim, ClaimPhase, Key, Phase, Pod};

/// The scheduler.
pub struct Scheduler;

impl Controller for Scheduler {
    fn reconcile(&self, cluster: &mut Cluster) {
        let is_new = |pod: &&Pod| pod.node.is_none() && !pod.meta.is_deleting() && pod.phase == Phase::Pending;
        let new: Vec<Key> = cluster.store.pods.values().filter(is_new).map(|pod| pod.meta.key.clone()).collect();
        if new.is_empty() {
            return;
        }
        let mut crowd = crowd(cluster);
        for key in new {
            schedule(cluster, &key, &mut crowd);
        }
    }
}

/// Why a pod can't be given to a node.
struct Obstacle {
    sentence: String,
    message: String,
    because: Because,
}

/// How many pods each node has.
type Crowd = BTreeMap<String, usize>;

fn crowd(cluster: &Cluster) -> Crowd {
    let mut crowd = Crowd::new();
    for node in cluster.store.pods.values().filter_map(|pod| pod.node.as_ref()) {
        *crowd.entry(node.clone()).or_default() += 1;
    }
    crowd
}

fn schedule(cluster: &mut Cluster, key: &Key, crowd: &mut Crowd) {
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let about = pod.meta.reference();
    if let Some(Obstacle { sentence, message, because }) = obstacle(cluster, pod) {
        let record = Record::warning("FailedScheduling", message);
        return cluster.tell_wait(about, sentence, Some(because), Some(record));
    }
    if let Some(node) = node_for(cluster, key, crowd) {
        *crowd.entry(node.clone()).or_default() += 1;
        return give(cluster, key, &node);
    }
    let all = cluster.store.nodes.len();
    let lost = cluster.store.nodes.values().filter(|node| !node.is_ready).count();
    let taint = "untolerated taint {node.kubernetes.io/unreachable: }";
    let why = match (lost, all - lost) {
        (0, cordoned) => format!("{cordoned} node(s) were unschedulable"),
        (lost, 0) => format!("{lost} node(s) had {taint}"),
        (lost, cordoned) => format!("{lost} node(s) had {taint}, {cordoned} node(s) were unschedulable"),
    };
    let record = Record::warning("FailedScheduling", format!("0/{all} nodes are available: {why}."));
    cluster.tell_wait(about, format!("{} waits: no node takes pods", key.name), None, Some(record));
}

fn give(cluster: &mut Cluster, key: &Key, node: &str) {
    let Some(pod) = cluster.store.pods.get_mut(key) else { return };
    pod.node = Some(node.to_owned());
    let (about, claims) = (pod.meta.reference(), pod.claims.clone());
    for (_, claim) in claims {
        let claim = cluster.store.claims.get_mut(&key.beside(claim));
        if let Some(claim) = claim.filter(|claim| claim.phase == ClaimPhase::Pending) {
            claim.node = Some(node.to_owned());
        }
    }
    let record = Record::normal("Scheduled", format!("Successfully assigned {key} to {node}"));
    cluster.tell(about, format!("{} is given to node {node}", key.name), None, Some(record));
}

/// The node for a pod.
fn node_for(cluster: &Cluster, key: &Key, crowd: &Crowd) -> Option<String> {
    match cluster.store.pods.get(key).and_then(|pod| pod.pinned.clone()) {
        Some(pinned) => cluster.store.nodes.get(&Key::new("", &pinned)).map(|_| pinned),
        None => emptiest_node(cluster, crowd),
    }
}

/// The node with the fewest pods among those that answer.
fn emptiest_node(cluster: &Cluster, crowd: &Crowd) -> Option<String> {
    let pods = |name: &str| crowd.get(name).copied().unwrap_or(0);
    let nodes = cluster.store.nodes.values().filter(|node| node.is_ready && !node.is_cordoned);
    nodes.map(|node| node.meta.key.name.clone()).min_by_key(|name| pods(name))
}

fn obstacle(cluster: &Cluster, pod: &Pod) -> Option<Obstacle> {
    let all = cluster.store.nodes.len();
    let preemption =
        format!("preemption: 0/{all} nodes are available: {all} Preemption is not helpful for scheduling.");
    for (_, name) in &pod.claims {
        let claim = cluster.store.claims.get(&pod.meta.key.beside(name));
        let (sentence, why) = match claim {
            None => ("isn't there", format!("persistentvolumeclaim \"{name}\" not found")),
            Some(claim) if claim.meta.is_deleting() => {
                ("is being deleted", format!("persistentvolumeclaim \"{name}\" is being deleted"))
            }
            Some(claim) if claim.phase == ClaimPhase::Lost => (
                "has lost its volume",
                format!("persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume"),
            ),
            Some(claim) if claim.phase == ClaimPhase::Pending && !waits_for_consumer(cluster, claim) => {
                ("has no volume yet", "pod has unbound immediate PersistentVolumeClaims".to_owned())
            }
            Some(_) => continue,
        };
        let sentence = format!("{} waits: claim {name} {sentence}", pod.meta.key.name);
        let because = claim.map_or_else(|| pod.template.because("volumes"), |claim| claim.because("storageClassName"));
        return Some(Obstacle {
            sentence,
            message: format!("0/{all} nodes are available: {why}. {preemption}"),
            because,
        });
    }
    None
}

/// Whether a claim gets its volume only when a pod that uses it has a node.
fn waits_for_consumer(cluster: &Cluster, claim: &Claim) -> bool {
    let class = claim.class.as_deref().and_then(|class| cluster.store.classes.get(&Key::new("", class)));
    class.is_some_and(|class| class.waits_for_consumer)
}
