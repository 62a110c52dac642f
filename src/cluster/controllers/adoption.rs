//! Taking over what has no owner: pods and `ReplicaSet`s that have the labels that somebody selects.
//!
//! Follows `pkg/controller/controller_ref_manager.go`. `StatefulSet`s also look at the names.

use super::super::Cluster;
use super::super::event::Because;
use super::super::objects::{Key, Labels, Meta};
use crate::kube::Selector;

/// Who takes over, and what.
pub struct Adopter {
    /// The new owner.
    pub owner: Meta,
    /// What it selects.
    pub selector: Selector,
    /// A label that has to be there besides.
    pub label: Option<(&'static str, String)>,
    /// The field that decides.
    pub because: Because,
}

impl Adopter {
    fn wants(&self, meta: &Meta) -> bool {
        let has = |labels: &Labels, (key, value): &(&'static str, String)| labels.get(*key) == Some(value);
        meta.owner.is_none()
            && meta.key.namespace == self.owner.key.namespace
            && !meta.is_deleting()
            && !self.owner.is_deleting()
            && !self.selector.is_empty()
            && self.label.as_ref().is_none_or(|label| has(&meta.labels, label))
            && self.selector.matches(|label| meta.labels.get(label).cloned())
    }

    fn sentence(&self, name: &str) -> String {
        format!("{name} is adopted by {} {}: it has its labels and no owner", self.owner.kind, self.owner.key.name)
    }
}

/// Takes over pods.
pub fn adopt_pods(cluster: &mut Cluster, adopter: &Adopter) {
    let orphans = cluster.store.pods.values().filter(|pod| !pod.has_ended() && adopter.wants(&pod.meta));
    let orphans: Vec<Key> = orphans.map(|pod| pod.meta.key.clone()).collect();
    for key in orphans {
        let Some(pod) = cluster.store.pods.get_mut(&key) else { continue };
        pod.meta.owner = Some(adopter.owner.as_owner());
        let about = pod.meta.reference();
        cluster.tell(about, adopter.sentence(&key.name), Some(adopter.because.clone()), None);
    }
}

/// Takes over `ReplicaSet`s.
pub fn adopt_replica_sets(cluster: &mut Cluster, adopter: &Adopter) {
    let orphans = cluster.store.replica_sets.values().filter(|set| !set.hash.is_empty() && adopter.wants(&set.meta));
    let orphans: Vec<Key> = orphans.map(|set| set.meta.key.clone()).collect();
    for key in orphans {
        let Some(set) = cluster.store.replica_sets.get_mut(&key) else { continue };
        set.meta.owner = Some(adopter.owner.as_owner());
        let about = set.meta.reference();
        let sentence = format!("ReplicaSet {}", adopter.sentence(&key.name));
        cluster.tell(about, sentence, Some(adopter.because.clone()), None);
    }
}
