//! What can be made to fail, for the sake of seeing what happens then.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Cluster;
use super::objects::Key;
use super::queue::{Alarm, Step};

/// What is wrong with a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// Its images can't be pulled.
    Image,
    /// Its readiness probe is never content.
    NeverReady,
    /// Its containers end with status 1 soon after their start.
    Crash,
    /// They end with another status.
    Exit(u8),
    /// Its liveness probe is never content.
    NotAlive,
    /// It doesn't stop when it is asked to.
    NeverStops,
}

/// The failures by the words for them.
const WORDS: [(&str, Failure); 5] = [
    ("image", Failure::Image),
    ("never-ready", Failure::NeverReady),
    ("crash", Failure::Crash),
    ("not-alive", Failure::NotAlive),
    ("never-stops", Failure::NeverStops),
];

impl Failure {
    /// The failure of that word.
    pub fn named(word: &str) -> Option<Self> {
        if let Some(status) = word.strip_prefix("exit-") {
            return status.parse().ok().filter(|status| *status > 0).map(Self::Exit);
        }
        WORDS.iter().find(|(known, _)| *known == word).map(|(_, failure)| *failure)
    }

    /// The words there are.
    pub fn words() -> String {
        format!("{}, exit-STATUS", WORDS.map(|(word, _)| word).join(", "))
    }
}

/// The word for it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Exit(status) = self {
            return write!(f, "exit-{status}");
        }
        f.write_str(WORDS.iter().find(|(_, failure)| failure == self).map_or("", |(word, _)| word))
    }
}

/// Everything that fails at the moment.
#[derive(Clone, Debug, Default)]
pub struct Failures {
    pods: BTreeMap<Key, BTreeSet<Failure>>,
    images: BTreeSet<String>,
}

impl Failures {
    /// Whether a pod has this failure.
    pub fn of(&self, pod: &Key, failure: Failure) -> bool {
        let is_meant = |name: &Key| match name.name.strip_suffix('*') {
            Some(beginning) => name.namespace == pod.namespace && pod.name.starts_with(beginning),
            None => name == pod,
        };
        self.pods.iter().any(|(name, failures)| failures.contains(&failure) && is_meant(name))
    }

    /// With which status a pod's containers end soon after their start, if they do.
    pub fn exit_of(&self, pod: &Key) -> Option<i32> {
        if self.of(pod, Failure::Crash) {
            return Some(1);
        }
        let all = self.pods.values().flatten().collect::<BTreeSet<_>>();
        all.into_iter().find_map(|failure| match failure {
            Failure::Exit(status) if self.of(pod, *failure) => Some(i32::from(*status)),
            _ => None,
        })
    }

    /// Whether an image can't be pulled for a pod.
    pub fn of_image(&self, pod: &Key, image: &str) -> bool {
        self.images.contains(image) || self.of(pod, Failure::Image)
    }
}

impl Cluster {
    /// What is wrong with a pod, first of all.
    pub fn failure_of(&self, pod: &Key) -> Option<Failure> {
        let exit = || self.failures.exit_of(pod).and_then(|status| u8::try_from(status).ok()).map(Failure::Exit);
        WORDS.iter().map(|(_, failure)| *failure).find(|failure| self.failures.of(pod, *failure)).or_else(exit)
    }

    /// Makes the pod of that name fail, now and whenever there is one of that name. `web-*` is every pod whose name
    /// begins so.
    pub fn fail_pod(&mut self, name: &str, failure: Failure) {
        let pod = &Key::new(self.settings.namespace.clone(), name);
        self.failures.pods.entry(pod.clone()).or_default().insert(failure);
        let there: Vec<Key> = self.store.pods.keys().filter(|key| self.failures.of(key, failure)).cloned().collect();
        for key in there {
            super::kubelet::failed(self, &key, failure);
        }
        self.settle();
    }

    /// Makes an image impossible to pull. What has it already keeps it.
    pub fn fail_image(&mut self, image: &str) {
        self.failures.images.insert(image.to_owned());
        self.settle();
    }

    /// Takes a node off the network. The cluster knows after 40 seconds, and gives its pods up after 300 more.
    pub fn fail_node(&mut self, name: &str) -> Result<(), String> {
        let node = self.store.nodes.get_mut(&Key::new("", name));
        let node = node.ok_or_else(|| format!("Error from server (NotFound): nodes \"{name}\" not found"))?;
        node.is_lost = true;
        self.alarm(40, Alarm::NodeNotReady(name.to_owned()));
        self.settle();
        Ok(())
    }

    /// Mends a pod, an image or a node: whatever is called so.
    pub fn heal(&mut self, name: &str) -> Result<(), String> {
        let key = Key::new(self.settings.namespace.clone(), name);
        let had = self.failures.pods.remove(&key).is_some() | self.failures.images.remove(name);
        let node = self.store.nodes.get_mut(&Key::new("", name)).filter(|node| node.is_lost);
        let was_lost = node.is_some();
        if let Some(node) = node {
            (node.is_lost, node.is_ready) = (false, true);
            self.stop_the_deleted(name);
        }
        if !had && !was_lost {
            return Err(format!("nothing is wrong with {name}"));
        }
        self.queue.promote();
        self.probe_again();
        self.settle();
        Ok(())
    }

    /// Sets an alarm for each container that a failure kept from being ready.
    fn probe_again(&mut self) {
        let mut due = Vec::new();
        for pod in self.store.pods.values().filter(|pod| !self.failures.of(&pod.meta.key, Failure::NeverReady)) {
            for (index, status) in pod.containers.iter().enumerate() {
                if status.is_running() && status.has_started && !status.is_ready {
                    let (key, uid) = (pod.meta.key.clone(), pod.meta.uid.clone());
                    due.push((key, uid, index, status.restarts));
                }
            }
        }
        for (pod, uid, index, restarts) in due {
            self.alarm(1, Alarm::Container { pod, uid, index, restarts, step: Step::Probed });
        }
    }

    /// A node that is back stops what was deleted in the meantime.
    fn stop_the_deleted(&mut self, node: &str) {
        let is_due = |pod: &&super::objects::Pod| pod.meta.is_deleting() && pod.node.as_deref() == Some(node);
        let due: Vec<_> = self.store.pods.values().filter(is_due).map(|pod| pod.meta.clone()).collect();
        for meta in due {
            self.alarm(1, Alarm::Stopped { pod: meta.key, uid: meta.uid });
        }
    }
}
