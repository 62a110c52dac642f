//! The kubelet: takes up the pods of its node, pulls images, starts containers, asks probes, stops.
//!
//! How long things take is made up, and always the same: see the constants. Programs are well unless a failure says
//! otherwise: they answer their probes one second after their start.

mod container;
mod ready;

use super::Cluster;
use super::clock::Seconds;
use super::controller::Controller;
use super::event::Record;
use super::failure::Failure;
use super::objects::{ClaimPhase, Key, Phase, Pod};
use super::queue::{Alarm, Step};

/// The kubelets of all nodes.
pub struct Kubelet;

/// Pulling an image takes so long.
const PULLING: Seconds = 2;
/// Starting a container takes so long.
const STARTING: Seconds = 1;
/// An init container, or the program of a Job, runs for so long.
const RUNNING: Seconds = 5;

impl Controller for Kubelet {
    fn reconcile(&self, cluster: &mut Cluster) {
        let is_new = |pod: &&Pod| !pod.is_taken_up && pod.node.is_some() && !pod.meta.is_deleting();
        let new: Vec<Key> = cluster.store.pods.values().filter(is_new).map(|pod| pod.meta.key.clone()).collect();
        for key in new {
            take_up(cluster, &key);
        }
    }
}

/// Starts with a pod, once its volumes are there.
fn take_up(cluster: &mut Cluster, key: &Key) {
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let is_bound = |(_, name): &(String, String)| {
        cluster.store.claims.get(&key.beside(name)).is_some_and(|claim| claim.phase == ClaimPhase::Bound)
    };
    if cluster.is_lost(pod.node.as_deref()) || !pod.claims.iter().all(is_bound) {
        return;
    }
    let address = cluster.next_address();
    if let Some(pod) = cluster.store.pods.get_mut(key) {
        (pod.is_taken_up, pod.ip) = (true, Some(address));
    }
    cluster.touch();
    container::go_on(cluster, key);
}

/// What an alarm brings.
pub(super) fn ring(cluster: &mut Cluster, alarm: Alarm) {
    match alarm {
        Alarm::Look | Alarm::Deadline(_) => {}
        Alarm::Container { pod, uid, index, restarts, step } => {
            let Some(found) = cluster.store.pods.get(&pod).filter(|pod| pod.meta.uid == uid) else { return };
            let is_same = found.containers.get(index).is_some_and(|status| status.restarts == restarts);
            if is_same && !cluster.is_lost(found.node.as_deref()) {
                container::act(cluster, &pod, index, step);
            }
        }
        Alarm::Stopped { pod, uid } => stopped(cluster, &pod, &uid),
        Alarm::NodeNotReady(name) => not_ready(cluster, &name),
        Alarm::Evict(name) => evict(cluster, &name),
    }
}

fn stopped(cluster: &mut Cluster, key: &Key, uid: &str) {
    let Some(pod) = cluster.store.pods.get(key).filter(|pod| pod.meta.uid == uid) else { return };
    if cluster.is_lost(pod.node.as_deref()) {
        return;
    }
    let about = pod.meta.reference();
    container::end_all(cluster, key);
    cluster.look();
    cluster.remove_pod(key);
    cluster.tell(about, format!("{} has stopped and is gone", key.name), None, None);
}

impl Cluster {
    /// `minikube stop` and `minikube start`: what ran on the node starts again, in the same pods.
    pub fn reboot(&mut self, name: &str) -> Result<(), String> {
        let node = self.store.nodes.get(&Key::new("", name)).filter(|node| !node.is_lost);
        let about = node.map(|node| node.meta.reference());
        let about = about.ok_or_else(|| format!("Error from server (NotFound): nodes \"{name}\" not found"))?;
        let record = Record::warning("Rebooted", format!("Node {name} has been rebooted"));
        self.tell(
            about,
            format!("node {name} is stopped and started: all its containers start again"),
            None,
            Some(record),
        );
        let there = self.store.pods.values().filter(|pod| pod.node.as_deref() == Some(name));
        let there: Vec<Key> = there.map(|pod| pod.meta.key.clone()).collect();
        for key in there {
            container::start_all_again(self, &key);
        }
        self.settle();
        Ok(())
    }
}

/// How long a node has to be away before its pods are given up.
const TOLERATION: Seconds = 300;

fn not_ready(cluster: &mut Cluster, name: &str) {
    let Some(node) = cluster.store.nodes.get_mut(&Key::new("", name)).filter(|node| node.is_lost) else { return };
    node.is_ready = false;
    let about = node.meta.reference();
    let record = Record::normal("NodeNotReady", format!("Node {name} status is now: NodeNotReady"));
    let sentence = format!("node {name} has said nothing for 40 seconds: its pods no longer count as Ready");
    cluster.tell(about, sentence, None, Some(record));
    for pod in cluster.store.pods.values_mut().filter(|pod| pod.node.as_deref() == Some(name)) {
        pod.ready_since = None;
    }
    cluster.alarm(TOLERATION, Alarm::Evict(name.to_owned()));
}

fn evict(cluster: &mut Cluster, name: &str) {
    if !cluster.is_lost(Some(name)) {
        return;
    }
    let is_there = |pod: &&Pod| pod.node.as_deref() == Some(name) && pod.pinned.is_none() && !pod.meta.is_deleting();
    let there: Vec<Key> = cluster.store.pods.values().filter(is_there).map(|pod| pod.meta.key.clone()).collect();
    for key in there {
        let Some(about) = cluster.store.pods.get(&key).map(|pod| pod.meta.reference()) else { continue };
        let message = format!("Marking for deletion Pod {key}");
        let sentence = format!("{} is given up, but stays until node {name} says that it has stopped", key.name);
        cluster.tell(about, sentence, None, Some(Record::normal("TaintManagerEviction", message)));
        cluster.stop_pod(&key, None);
    }
}

/// A pod that runs has just been made to fail.
pub(super) fn failed(cluster: &mut Cluster, key: &Key, failure: Failure) {
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let uid = pod.meta.uid.clone();
    let running: Vec<_> = pod.containers.iter().enumerate().filter(|(_, status)| status.is_running()).collect();
    let running: Vec<(usize, u32)> = running.into_iter().map(|(index, status)| (index, status.restarts)).collect();
    match failure {
        Failure::Crash | Failure::Exit(_) if pod.phase == Phase::Running => {
            let code = cluster.failures.exit_of(key).unwrap_or(1);
            for (index, restarts) in running {
                let alarm =
                    Alarm::Container { pod: key.clone(), uid: uid.clone(), index, restarts, step: Step::Exit(code) };
                cluster.alarm(1, alarm);
            }
        }
        Failure::NeverReady => ready::lose(cluster, key),
        Failure::NotAlive => {
            for (index, _) in running {
                container::watch_liveness(cluster, key, index);
            }
        }
        Failure::Image | Failure::NeverStops | Failure::Crash | Failure::Exit(_) => {}
    }
}
