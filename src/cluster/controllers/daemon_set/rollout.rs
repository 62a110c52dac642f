//! Updates of a `DaemonSet`, node by node: either the old pod goes before the new one comes, or (`maxSurge`) the new one
//! comes first and the old one goes when it is available.
//!
//! Follows `rollingUpdate` of `pkg/controller/daemon/update.go`.

use super::super::super::Cluster;
use super::super::super::event::Record;
use super::super::super::objects::{DaemonSet, Key, ObjectRef, Pod, seconds};
use super::{latest, make};
use crate::kube::Field;

/// The pods of a node that stay, as far as there is one of each template.
struct Place {
    node: String,
    old: Option<Occupant>,
    new: Option<Occupant>,
    /// Whether there are two of the same template.
    is_crowded: bool,
}

/// A pod on a node.
struct Occupant {
    key: Key,
    about: ObjectRef,
    is_available: bool,
}

/// How many nodes may be without an available pod, and how many may have two pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limits {
    surge: usize,
    unavailable: usize,
}

impl Limits {
    fn of(surge: &Field, unavailable: &Field, nodes: usize) -> Self {
        let (surge, unavailable) = (part(surge, 0, nodes), part(unavailable, 1, nodes));
        // With neither no update could be made.
        Self { surge, unavailable: if surge == 0 { unavailable.max(1) } else { unavailable } }
    }
}

/// A number, or a percentage of the nodes, rounded up.
fn part(field: &Field, default: usize, nodes: usize) -> usize {
    match field.string() {
        Some(written) => {
            let percent = written.trim_end_matches('%').parse::<usize>().map_or(default, |percent| percent.min(100));
            (percent * nodes).div_ceil(100)
        }
        None => field.integer().map_or(default, |number| usize::try_from(number).unwrap_or(0)),
    }
}

/// Goes on with an update, as far as may be.
pub(super) fn update(cluster: &mut Cluster, set: &DaemonSet) {
    let strategy = set.spec.at("spec.updateStrategy");
    if strategy.get("type").is("OnDelete") {
        return;
    }
    let places = places(cluster, set);
    let (surge, unavailable) = (strategy.at("rollingUpdate.maxSurge"), strategy.at("rollingUpdate.maxUnavailable"));
    let limits = Limits::of(&surge, &unavailable, places.len());
    if limits.surge > 0 {
        replace_after(cluster, set, &places, limits.surge);
    } else {
        replace_before(cluster, set, &places, limits.unavailable);
    }
}

fn places(cluster: &Cluster, set: &DaemonSet) -> Vec<Place> {
    let min_ready = seconds(&set.spec.at("spec.minReadySeconds"), 0);
    let pods: Vec<&Pod> = cluster.store.pods_of(&set.meta.uid).filter(|pod| pod.is_active()).collect();
    let place = |node: &String| {
        let mut place = Place { node: node.clone(), old: None, new: None, is_crowded: false };
        for pod in pods.iter().filter(|pod| pod.pinned.as_ref() == Some(node)) {
            let side = if pod.revision() == latest(set) { &mut place.new } else { &mut place.old };
            let is_available = pod.is_available(cluster.now, min_ready);
            let pod = Occupant { key: pod.meta.key.clone(), about: pod.meta.reference(), is_available };
            place.is_crowded |= side.replace(pod).is_some();
        }
        place
    };
    cluster.store.nodes.keys().map(|key| place(&key.name)).collect()
}

/// Without a surge: old pods that aren't available go whatever the number, the others as far as the number allows.
fn replace_before(cluster: &mut Cluster, set: &DaemonSet, places: &[Place], most: usize) {
    let (mut unavailable, mut ill, mut well) = (0, Vec::new(), Vec::new());
    for place in places {
        match (&place.old, &place.new) {
            _ if place.is_crowded => unavailable += 1,
            (None, None) | (Some(_), Some(_)) => unavailable += 1,
            (None, Some(new)) => unavailable += usize::from(!new.is_available),
            (Some(old), None) if old.is_available => well.push(old),
            (Some(old), None) => {
                unavailable += 1;
                ill.push(old);
            }
        }
    }
    for old in ill.into_iter().chain(well.into_iter().take(most.saturating_sub(unavailable))) {
        delete(cluster, set, old, "to be made again from the new template");
    }
}

/// With a surge: new pods come beside old ones, as many at once as it allows, and beside those that aren't available
/// anyway. An old pod goes when the new one on its node is available.
fn replace_after(cluster: &mut Cluster, set: &DaemonSet, places: &[Place], surge: usize) {
    let (mut surging, mut ill, mut well) = (0, Vec::new(), Vec::new());
    for place in places {
        match (&place.old, &place.new) {
            _ if place.is_crowded => surging += 1,
            (None, _) => {}
            (Some(old), None) if old.is_available => well.push(place),
            (Some(_), None) => ill.push(place),
            (Some(_), Some(new)) if !new.is_available => surging += 1,
            (Some(old), Some(_)) => delete(cluster, set, old, "the new pod on its node is available"),
        }
    }
    for place in ill.into_iter().chain(well.into_iter().take(surge.saturating_sub(surging))) {
        if cluster.has_room() {
            let why = format!("it comes beside the old one ({surge} at once by maxSurge)");
            make(cluster, set, &place.node, &why, "spec.updateStrategy.rollingUpdate.maxSurge");
        }
    }
}

fn delete(cluster: &mut Cluster, set: &DaemonSet, pod: &Occupant, why: &str) {
    let name = &pod.key.name;
    let record = Record::normal("SuccessfulDelete", format!("Deleted pod: {name}")).of(set.meta.reference());
    let sentence = match why.strip_prefix("to ") {
        Some(_) => format!("{name} is deleted, {why}"),
        None => format!("{name} is deleted: {why}"),
    };
    cluster.tell(pod.about.clone(), sentence, Some(set.spec.because("spec.updateStrategy")), Some(record));
    cluster.stop_pod(&pod.key, None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::Object;

    /// As `TestGetUnavailableNumbers` and `TestUpdatedDesiredNodeCounts` of `pkg/controller/daemon/update_test.go` round.
    #[test]
    fn parts_of_nodes_are_rounded_up() {
        for (surge, unavailable, nodes, expected) in [
            ("", "", 100, (0, 1)),
            ("", "0", 100, (0, 1)),
            ("", "50%", 3, (0, 2)),
            ("10%", "0", 3, (1, 0)),
            ("2", "0", 3, (2, 0)),
            ("100%", "0", 5, (5, 0)),
        ] {
            let text = format!("surge: {surge}\nunavailable: {unavailable}\n");
            let object = Object::read(text.as_bytes()).expect("YAML");
            let limits = Limits::of(&object.at("surge"), &object.at("unavailable"), nodes);
            assert_eq!((limits.surge, limits.unavailable), expected, "{text}");
        }
    }
}
