//! Making pods and taking them away, as every controller does it.

use super::Cluster;
use super::clock::Seconds;
use super::failure::Failure;
use super::objects::{ContainerStatus, Key, Kind, Labels, Owner, Phase, Pod, Template};
use super::queue::Alarm;

/// What is needed to make a pod.
pub(super) struct NewPod {
    /// Its name.
    pub key: Key,
    /// What it is made from.
    pub template: Template,
    /// Labels besides those of the template.
    pub labels: Labels,
    /// Who makes it.
    pub owner: Option<Owner>,
    /// Claims besides those of the template: the volume's name, and the claim's.
    pub claims: Vec<(String, String)>,
}

/// A program that is asked to stop needs so long.
const STOPPING: Seconds = 1;
/// Unless the manifest says otherwise, it gets so long.
const GRACE: Seconds = 30;

impl Cluster {
    /// Whether one more pod fits into the simulation.
    pub(super) fn has_room(&self) -> bool {
        self.store.pods.len() < super::MAX_PODS
    }

    /// Makes a pod.
    pub(super) fn add_pod(&mut self, new: NewPod) {
        let mut meta = self.meta(Kind::Pod, new.key);
        meta.labels = new.template.labels();
        meta.labels.extend(new.labels);
        meta.owner = new.owner;
        let spec = new.template.pod();
        let mut claims = new.claims;
        for volume in spec.volumes() {
            let name = volume.get("name").string().unwrap_or_default();
            if claims.iter().any(|(known, _)| *known == name) {
                continue;
            }
            if let Some(claim) = volume.at("persistentVolumeClaim.claimName").string() {
                claims.push((name, claim));
            }
        }
        let containers = spec.init_containers().into_iter().chain(spec.containers());
        let pod = Pod {
            claims,
            pinned: None,
            node: None,
            ip: None,
            phase: Phase::Pending,
            containers: containers.map(ContainerStatus::new).collect(),
            ready_since: None,
            is_taken_up: false,
            template: new.template,
            meta,
        };
        self.store.pods.insert(pod.meta.key.clone(), pod);
    }

    /// Asks a pod to stop. One that nobody has taken up yet is gone at once.
    pub(super) fn stop_pod(&mut self, key: &Key, grace: Option<Seconds>) {
        let Some(pod) = self.store.pods.get(key) else { return };
        let (uid, node) = (pod.meta.uid.clone(), pod.node.clone());
        if grace == Some(0) || node.is_none() || pod.has_ended() {
            self.remove_pod(key);
            return;
        }
        if pod.meta.is_deleting() {
            return;
        }
        let written = super::objects::seconds(&pod.template.pod().get("terminationGracePeriodSeconds"), GRACE);
        let grace = grace.unwrap_or(written);
        if grace == 0 {
            self.remove_pod(key);
            return;
        }
        let span = if self.failures.of(key, Failure::NeverStops) { grace } else { grace.min(STOPPING) };
        let now = self.now;
        if let Some(pod) = self.store.pods.get_mut(key) {
            pod.meta.deleting = Some(now);
        }
        self.touch();
        if !self.is_lost(node.as_deref()) {
            self.alarm(span, Alarm::Stopped { pod: key.clone(), uid });
        }
    }

    /// Takes a pod out of the store.
    pub(super) fn remove_pod(&mut self, key: &Key) {
        if let Some(pod) = self.store.pods.remove(key) {
            self.forget_wait(&pod.meta.reference());
            self.queue.forget(&pod.meta.uid);
            self.touch();
        }
    }

    /// Whether a node doesn't answer.
    pub(super) fn is_lost(&self, node: Option<&str>) -> bool {
        let node = node.and_then(|name| self.store.nodes.get(&Key::new("", name)));
        node.is_some_and(|node| node.is_lost)
    }
}
