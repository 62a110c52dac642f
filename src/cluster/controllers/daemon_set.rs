//! `DaemonSet`s: one pod on each node.
//!
//! Follows `pkg/controller/daemon`. Which nodes a pod may run on isn't looked at: all of them; `maxSurge` isn't
//! either.

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::event::Record;
use super::super::objects::{DaemonSet, Key, Labels, Pod, Revision, Template, seconds};
use super::super::pods::NewPod;
use super::super::queue::Alarm;

/// The controller.
pub struct DaemonSetController;

impl Controller for DaemonSetController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.daemon_sets.keys().cloned().collect();
        for key in keys {
            revise(cluster, &key);
            let Some(set) = cluster.store.daemon_sets.get(&key).cloned() else { continue };
            report(cluster, &set);
            place(cluster, &set);
            update(cluster, &set);
        }
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

fn report(cluster: &mut Cluster, set: &DaemonSet) {
    let min_ready = seconds(&set.spec.at("spec.minReadySeconds"), 0);
    let pods: Vec<&Pod> = cluster.store.pods_of(&set.meta.uid).filter(|pod| pod.is_active()).collect();
    let count = |is: &dyn Fn(&Pod) -> bool| pods.iter().filter(|pod| is(pod)).count();
    let numbers = [
        cluster.store.nodes.len(),
        pods.len(),
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
            make(cluster, set, &node);
        }
    }
}

fn make(cluster: &mut Cluster, set: &DaemonSet, node: &str) {
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
        let sentence = format!("{name} is made for node {node}: DaemonSet {} has one on each", set.meta.key.name);
        cluster.tell(about, sentence, Some(set.spec.because("spec.template")), Some(record));
    }
}

/// Deletes pods of an old template, as many as may be unavailable and aren't yet.
fn update(cluster: &mut Cluster, set: &DaemonSet) {
    if set.spec.at("spec.updateStrategy.type").is("OnDelete") {
        return;
    }
    let field = set.spec.at("spec.updateStrategy.rollingUpdate.maxUnavailable");
    let nodes = cluster.store.nodes.len();
    let allowed = match field.string() {
        Some(written) => written.trim_end_matches('%').parse::<usize>().map_or(1, |part| (part * nodes).div_ceil(100)),
        None => field.integer().map_or(1, |number| usize::try_from(number).unwrap_or(0)),
    };
    let min_ready = seconds(&set.spec.at("spec.minReadySeconds"), 0);
    let pods: Vec<&Pod> = cluster.store.pods_of(&set.meta.uid).collect();
    let is_well = |pod: &&&Pod| pod.is_active() && pod.is_available(cluster.now, min_ready);
    let unavailable = nodes.saturating_sub(pods.iter().filter(is_well).count());
    let old = pods.iter().filter(|pod| pod.is_active() && pod.revision() != latest(set));
    // Old pods that aren't well are replaced whatever the number; the others in turn.
    let (ill, well): (Vec<&&Pod>, Vec<&&Pod>) = old.partition(|pod| !is_well(pod));
    let due = ill.into_iter().chain(well.into_iter().take(allowed.saturating_sub(unavailable)));
    let due: Vec<_> = due.map(|pod| (pod.meta.key.clone(), pod.meta.reference())).collect();
    for (key, about) in due {
        let record = Record::normal("SuccessfulDelete", format!("Deleted pod: {}", key.name)).of(set.meta.reference());
        let sentence = format!("{} is deleted, to be made again from the new template", key.name);
        cluster.tell(about, sentence, Some(set.spec.because("spec.updateStrategy")), Some(record));
        cluster.stop_pod(&key, None);
    }
}
