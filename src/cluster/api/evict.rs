//! Emptying nodes: pods are asked to leave as far as their disruption budgets allow.
//!
//! Follows `pkg/controller/disruption` and `pkg/registry/core/pod/storage/eviction.go`. A budget counts the pods that
//! their controllers want, and those that are Ready. `unhealthyPodEvictionPolicy` isn't looked at: a pod that isn't Ready
//! may leave where the others are enough.

use super::super::Cluster;
use super::super::objects::{Key, Kind, Owner, Plain, Pod};
use crate::kube::{Field, Selector};

/// What a budget comes to at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How many pods must be Ready.
    pub least: usize,
    /// How many are.
    pub healthy: usize,
    /// How many may leave.
    pub allowed: usize,
}

impl Cluster {
    /// What a budget comes to.
    pub(in super::super) fn budget(&self, budget: &Plain) -> Budget {
        let pods: Vec<&Pod> = self.store.pods.values().filter(|pod| is_meant(budget, pod)).collect();
        let healthy = pods.iter().filter(|pod| pod.is_active() && pod.is_ready()).count();
        let expected = self.expected(&pods);
        let spec = |name: &str| budget.spec.at("spec").get(name);
        let least = if spec("maxUnavailable").is_present() {
            expected.saturating_sub(scaled(&spec("maxUnavailable"), expected))
        } else if spec("minAvailable").string().is_some() {
            scaled(&spec("minAvailable"), expected)
        } else {
            spec("minAvailable").integer().map_or(1, |least| usize::try_from(least).unwrap_or(0))
        };
        let allowed = if expected == 0 { 0 } else { healthy.saturating_sub(least) };
        Budget { least, healthy, allowed }
    }

    /// How many pods the controllers of these want.
    fn expected(&self, pods: &[&Pod]) -> usize {
        let mut owners: Vec<(&Key, &Owner)> =
            pods.iter().filter_map(|pod| Some((&pod.meta.key, pod.meta.owner.as_ref()?))).collect();
        let alone = pods.len() - owners.len();
        owners.sort_by_key(|(_, owner)| &owner.uid);
        owners.dedup_by_key(|(_, owner)| &owner.uid);
        alone + owners.into_iter().map(|(pod, owner)| self.wanted(pod, owner)).sum::<usize>()
    }

    fn wanted(&self, pod: &Key, owner: &Owner) -> usize {
        let key = pod.beside(&owner.name);
        match owner.kind {
            Kind::StatefulSet => self.store.stateful_sets.get(&key).map_or(0, |set| set.replicas),
            Kind::ReplicaSet => self.store.replica_sets.get(&key).map_or(0, |set| set.replicas),
            _ => self.store.pods_of(&owner.uid).count(),
        }
    }

    /// Asks a pod to leave. The error is the API server's.
    pub fn evict(&mut self, name: &str) -> Result<(), String> {
        let key = Key::new(self.settings.namespace.clone(), name);
        if !self.store.pods.contains_key(&key) {
            return Err(super::not_found("pods", name));
        }
        let done = self.evict_pod(&key, "somebody evicts it");
        self.settle();
        done
    }

    fn evict_pod(&mut self, key: &Key, why: &str) -> Result<(), String> {
        let Some(pod) = self.store.pods.get(key) else { return Ok(()) };
        let about = pod.meta.reference();
        let budgets: Vec<&Plain> = self.store.budgets.values().filter(|budget| is_meant(budget, pod)).collect();
        let refusing = budgets.into_iter().find(|budget| {
            let Budget { least, healthy, allowed } = self.budget(budget);
            let is_excused = !pod.is_ready() && healthy >= least && healthy > 0;
            pod.is_active() && allowed == 0 && !is_excused
        });
        if let Some(budget) = refusing {
            let Budget { least, healthy, .. } = self.budget(budget);
            let own = &budget.meta.key.name;
            let because = Some(budget.spec.because("spec"));
            let sentence = format!("{} stays: {own} asks for {least} Ready pods, and there are {healthy}", key.name);
            self.tell_once(about, sentence, because);
            return Err("Cannot evict pod as it would violate the pod's disruption budget.".to_owned());
        }
        self.tell(about, format!("{} is deleted: {why}", key.name), None, None);
        self.stop_pod(key, None);
        Ok(())
    }

    /// `kubectl drain --ignore-daemonsets`: the node gets no more pods, and loses those it has, as far as they may leave.
    pub fn drain(&mut self, name: &str) -> Result<(), String> {
        let node = self.store.nodes.get_mut(&Key::new("", name)).ok_or_else(|| super::not_found("nodes", name))?;
        node.is_cordoned = true;
        self.touch();
        let is_there = |pod: &&Pod| pod.node.as_deref() == Some(name) && pod.pinned.is_none() && pod.is_active();
        let there: Vec<Key> = self.store.pods.values().filter(is_there).map(|pod| pod.meta.key.clone()).collect();
        let mut refused = Vec::new();
        for key in there {
            if let Err(message) = self.evict_pod(&key, "its node is emptied") {
                refused.push(format!("error when evicting pods/\"{}\" -n \"{}\": {message}", key.name, key.namespace));
            }
        }
        self.settle();
        if refused.is_empty() { Ok(()) } else { Err(refused.join("\n")) }
    }

    /// `kubectl uncordon`
    pub fn uncordon(&mut self, name: &str) -> Result<(), String> {
        let node = self.store.nodes.get_mut(&Key::new("", name)).ok_or_else(|| super::not_found("nodes", name))?;
        node.is_cordoned = false;
        self.touch();
        self.settle();
        Ok(())
    }
}

/// Whether a budget is about a pod.
fn is_meant(budget: &Plain, pod: &Pod) -> bool {
    let field = budget.spec.at("spec.selector");
    let selector = Selector::from_field(&field);
    pod.meta.key.namespace == budget.meta.key.namespace
        && field.is_present()
        && selector.matches(|label| pod.meta.labels.get(label).cloned())
}

/// A number, or a percentage of the pods, rounded up.
fn scaled(field: &Field, pods: usize) -> usize {
    match field.string() {
        Some(written) => {
            let percent = written.trim_end_matches('%').parse::<usize>().unwrap_or(0).min(100);
            (percent * pods).div_ceil(100)
        }
        None => field.integer().map_or(0, |number| usize::try_from(number).unwrap_or(0)),
    }
}
