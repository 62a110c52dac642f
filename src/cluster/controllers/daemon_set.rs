//! `DaemonSet`s: one pod on each node.
//!
//! Follows `pkg/controller/daemon`. Which nodes a pod may run on isn't looked at: all of them.

mod rollout;

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::event::Record;
use super::super::objects::{DaemonSet, Key, Labels, Pod, Revision, Template, seconds};
use super::super::pods::NewPod;
use super::super::queue::Alarm;
use super::adoption::{self, Adopter};
use crate::kube::Selector;

/// The controller.
pub struct DaemonSetController;

impl Controller for DaemonSetController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.daemon_sets.keys().cloned().collect();
        for key in keys {
            adopt(cluster, &key);
            revise(cluster, &key);
            let Some(set) = cluster.store.daemon_sets.get(&key).cloned() else { continue };
            report(cluster, &set);
            place(cluster, &set);
            rollout::update(cluster, &set);
        }
    }
}

/// Takes over pods without an owner that have its labels. They stay on their nodes.
fn adopt(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.daemon_sets.get(key) else { return };
    let selector = Selector::from_field(&set.spec.at("spec.selector"));
    let because = set.spec.because("spec.selector");
    let adopter = Adopter { owner: set.meta.clone(), selector, label: None, because };
    let uid = set.meta.uid.clone();
    adoption::adopt_pods(cluster, &adopter);
    for pod in cluster.store.pods.values_mut().filter(|pod| pod.pinned.is_none() && pod.meta.is_owned_by(&uid)) {
        pod.pinned.clone_from(&pod.node);
    }
}

/// Writes down the set's template, if it is a new one.
fn revise(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.daemon_sets.get(key) else { return };
    let template = Template::at(&set.spec, "spec.template");
    let fingerprint = template.fingerprint();
    if set.revisions.last().is_some_and(|latest| latest.fingerprint == fingerprint) {
        return;
    }
    let number = set.revisions.last().map_or(1, |latest| latest.number + 1);
    let name = cluster.settings.seed.template_hash(&format!("{key} {fingerprint}"));
    let Some(set) = cluster.store.daemon_sets.get_mut(key) else { return };
    set.revisions.retain(|known| known.fingerprint != fingerprint);
    set.revisions.push(Revision { name, number, template, fingerprint });
    cluster.touch();
}

fn latest(set: &DaemonSet) -> &str {
    set.revisions.last().map_or("", |revision| &revision.name)
}

/// Writes down what the set reports. Of several pods on a node the oldest counts.
fn report(cluster: &mut Cluster, set: &DaemonSet) {
    let min_ready = seconds(&set.spec.at("spec.minReadySeconds"), 0);
    let pods: Vec<&Pod> = cluster.store.pods_of(&set.meta.uid).filter(|pod| !pod.has_ended()).collect();
    let on = |node: &str| {
        let there = pods.iter().copied().filter(|pod| pod.pinned.as_deref() == Some(node));
        there.min_by_key(|pod| (pod.meta.created, pod.meta.key.clone()))
    };
    let oldest: Vec<&Pod> = cluster.store.nodes.keys().filter_map(|key| on(&key.name)).collect();
    let count = |is: &dyn Fn(&Pod) -> bool| oldest.iter().filter(|pod| is(pod)).count();
    let numbers = [
        cluster.store.nodes.len(),
        oldest.len(),
        count(&Pod::is_ready),
        count(&|pod| pod.revision() == latest(set)),
        count(&|pod| pod.is_available(cluster.now, min_ready)),
    ];
    let soon = pods.iter().filter_map(|pod| min_ready.checked_sub(cluster.now.since(pod.ready_since?)));
    if let Some(rest) = soon.filter(|rest| *rest > 0).min() {
        cluster.alarm(rest, Alarm::Look);
    }
    let Some(kept) = cluster.store.daemon_sets.get_mut(&set.meta.key) else { return };
    if [kept.desired, kept.current, kept.ready, kept.updated, kept.available] != numbers {
        [kept.desired, kept.current, kept.ready, kept.updated, kept.available] = numbers;
        cluster.touch();
    }
}

/// Makes a pod for each node that has none. One on its way out has to be gone first.
fn place(cluster: &mut Cluster, set: &DaemonSet) {
    let nodes: Vec<String> = cluster.store.nodes.keys().map(|key| key.name.clone()).collect();
    for node in nodes {
        let is_served = cluster.store.pods_of(&set.meta.uid).any(|pod| pod.pinned.as_ref() == Some(&node));
        if !is_served && cluster.has_room() {
            let why = format!("DaemonSet {} has one on each", set.meta.key.name);
            make(cluster, set, &node, &why, "spec.template");
        }
    }
}

/// Makes a pod for a node, and tells why, with the field that decides.
fn make(cluster: &mut Cluster, set: &DaemonSet, node: &str, why: &str, field: &str) {
    let Some(revision) = set.revisions.last() else { return };
    let made = cluster.store.daemon_sets.get(&set.meta.key).map_or(0, |set| set.made);
    let ending = cluster.settings.seed.ending(&format!("pod of {} {made}", set.meta.uid), 5);
    let name = format!("{}-{ending}", set.meta.key.name);
    let labels: Labels = [("controller-revision-hash".to_owned(), revision.name.clone())].into_iter().collect();
    let key = set.meta.key.beside(&name);
    let (template, owner) = (revision.template.clone(), Some(set.meta.as_owner()));
    cluster.add_pod(NewPod { key: key.clone(), template, labels, owner, claims: Vec::new() });
    if let Some(pod) = cluster.store.pods.get_mut(&key) {
        pod.pinned = Some(node.to_owned());
    }
    if let Some(set) = cluster.store.daemon_sets.get_mut(&set.meta.key) {
        set.made += 1;
    }
    if let Some(about) = cluster.store.pods.get(&key).map(|pod| pod.meta.reference()) {
        let record = Record::normal("SuccessfulCreate", format!("Created pod: {name}")).of(set.meta.reference());
        let sentence = format!("{name} is made for node {node}: {why}");
        cluster.tell(about, sentence, Some(set.spec.because(field)), Some(record));
    }
}
