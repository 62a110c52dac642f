//! What there is in the simulated cluster, as plain data for the page.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::detail::PodDetail;
use super::question::{Cause, View};
use crate::cluster::{Cluster, Event, Form, Key, Kind, Level, Moment, Pod};

/// What there is at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// How much time has passed.
    pub now: String,
    /// Whether the release is there, and which revision.
    pub revision: Option<usize>,
    /// The pods, by owner.
    pub groups: Vec<Group>,
    /// The tables that were asked for, where they have rows.
    pub tables: Vec<KindTable>,
    /// What has happened, the last of it.
    pub events: Vec<Told>,
    /// How many events are not among those.
    pub earlier: usize,
    /// How many of them the last command brought.
    pub news: usize,
    /// What is waited for, and by whom.
    pub waits: Vec<String>,
    /// What the last command was answered.
    pub answer: Option<String>,
    /// Whether and why time would go on by itself.
    pub prospect: Prospect,
    /// The pod that is looked at closely.
    pub pod: Option<PodDetail>,
    /// What can be scaled and deleted.
    pub things: Vec<Thing>,
    /// What of the chart has no effect here.
    pub left_out: Vec<String>,
    /// Whether the last command isn't done yet: the same question again goes on with it.
    pub is_underway: bool,
    /// How long it took, in microseconds. Zero where nobody measured.
    pub micros: u64,
}

/// Whether time would go on by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prospect {
    /// Nothing more happens.
    #[default]
    Settled,
    /// What still happens are further tries of what has failed.
    Trying,
    /// What still happens comes by the clock.
    Clock,
    /// Something new is to come.
    Onward,
}

/// The pods of an owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// `StatefulSet web`
    pub owner: String,
    /// Its pods, in the order in which they were made.
    pub pods: Vec<Berth>,
    /// How many more there are.
    pub more: usize,
}

/// A pod in the strip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Berth {
    /// Its name.
    pub name: String,
    /// When it was made, among its kin: `1st`; empty where it is alone, or all come at once.
    pub order: String,
    /// What stands under STATUS.
    pub status: String,
    /// Whether it is Ready.
    pub is_ready: bool,
    /// The node it is on.
    pub node: Option<String>,
}

/// A table of kubectl's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTable {
    /// What kubectl calls the kind: `po`.
    pub kind: String,
    /// The kind.
    pub title: String,
    /// What stands above the columns.
    pub heading: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its number, from 1.
    pub number: usize,
    /// When.
    pub at: String,
    /// What, and why.
    pub sentence: String,
    /// The field of a manifest that decides it.
    pub cause: Option<Cause>,
    /// Whether Kubernetes records it as a warning.
    pub is_warning: bool,
}

/// Something that can be deleted, and perhaps scaled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// What kubectl calls its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// How many pods it is to have, where that can be said.
    pub replicas: Option<usize>,
    /// Whether it is a node that is lost.
    pub is_lost: bool,
    /// Whether it is a node that gets no more pods.
    pub is_cordoned: bool,
}

/// Of each owner so many pods are shown in the strip.
const MOST_BERTHS: usize = 40;
/// So many rows of a table are shown.
const MOST_ROWS: usize = 1_000;
/// So many events are shown.
const MOST_EVENTS: usize = 200;

/// The pods by owner, in the order in which they were made.
pub(super) fn groups(cluster: &Cluster) -> Vec<Group> {
    let mut kin: BTreeMap<(String, String), Vec<&Pod>> = BTreeMap::new();
    for pod in cluster.store().pods.values().filter(|pod| cluster.is_listed(&pod.meta)) {
        kin.entry(owner(cluster, pod)).or_default().push(pod);
    }
    kin.into_iter().map(|((kind, name), pods)| group(cluster, format!("{kind} {name}"), pods)).collect()
}

/// Counts the pods that sets are still to get.
pub(super) fn count_the_missing(cluster: &Cluster, groups: &mut [Group]) {
    for set in cluster.store().stateful_sets.values() {
        let owner = format!("{} {}", Kind::StatefulSet, set.meta.key.name);
        for group in groups.iter_mut().filter(|group| group.owner == owner) {
            group.more += set.replicas.saturating_sub(group.pods.len() + group.more);
        }
    }
}

/// Who has a pod made in the end: a Deployment rather than its `ReplicaSet`.
fn owner(cluster: &Cluster, pod: &Pod) -> (String, String) {
    let Some(owner) = &pod.meta.owner else { return ("Pod".to_owned(), pod.meta.key.name.clone()) };
    let key = pod.meta.key.beside(&owner.name);
    let above = match owner.kind {
        Kind::ReplicaSet => cluster.store().replica_sets.get(&key).and_then(|set| set.meta.owner.as_ref()),
        Kind::Job => cluster.store().jobs.get(&key).and_then(|job| job.meta.owner.as_ref()),
        _ => None,
    };
    let owner = above.unwrap_or(owner);
    (owner.kind.to_string(), owner.name.clone())
}

fn group(cluster: &Cluster, owner: String, mut pods: Vec<&Pod>) -> Group {
    let ordinal = |pod: &Pod| pod.meta.key.name.rsplit('-').next().and_then(|end| end.parse::<u64>().ok());
    pods.sort_by_key(|pod| (pod.meta.created, ordinal(pod), pod.meta.key.clone()));
    let moments: BTreeSet<Moment> = pods.iter().map(|pod| pod.meta.created).collect();
    let places: BTreeMap<Moment, usize> = moments.into_iter().zip(1..).collect();
    let order = |pod: &Pod| match places.get(&pod.meta.created) {
        Some(place) if places.len() > 1 => ordinal_word(*place),
        _ => String::new(),
    };
    let berth = |pod: &&Pod| Berth {
        name: pod.meta.key.name.clone(),
        order: order(pod),
        status: cluster.status_of(pod),
        is_ready: pod.is_ready(),
        node: pod.node.clone(),
    };
    Group {
        owner,
        pods: pods.iter().take(MOST_BERTHS).map(berth).collect(),
        more: pods.len().saturating_sub(MOST_BERTHS),
    }
}

/// `1st`
fn ordinal_word(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The tables that a view asks for.
pub(super) fn tables(cluster: &Cluster, view: &View) -> Vec<KindTable> {
    let form = if view.is_wide { Form::Wide } else { Form::Narrow };
    let table = |word: &String| {
        let kind = Kind::named(word)?;
        let mut table = cluster.table(kind, form);
        table.rows.truncate(MOST_ROWS);
        let (title, heading) = (kind.to_string(), table.heading);
        (!table.rows.is_empty()).then_some(KindTable { kind: word.clone(), title, heading, rows: table.rows })
    };
    view.kinds.iter().filter_map(table).collect()
}

/// The last events, and how many there are before.
pub(super) fn events(cluster: &Cluster) -> (Vec<Told>, usize) {
    let all = cluster.events();
    let earlier = all.len().saturating_sub(MOST_EVENTS);
    (all.iter().enumerate().skip(earlier).map(|(at, event)| told(cluster, at + 1, event)).collect(), earlier)
}

fn told(cluster: &Cluster, number: usize, event: &Event) -> Told {
    let cause = event.because.as_ref().and_then(|because| {
        let (kind, name) = cluster.named_by(because)?;
        Some(Cause { kind, name, path: because.path.to_string(), is_written: because.is_written })
    });
    let is_warning = event.record.as_ref().is_some_and(|record| record.level == Level::Warning);
    Told { number, at: event.at.to_string(), sentence: event.sentence.clone(), cause, is_warning }
}

/// What can be deleted or scaled.
pub(super) fn things(cluster: &Cluster) -> Vec<Thing> {
    let store = cluster.store();
    let thing = |kind: Kind, key: &Key, replicas| Thing {
        kind: kind.short().to_owned(),
        name: key.name.clone(),
        replicas,
        is_lost: false,
        is_cordoned: false,
    };
    let mut things: Vec<Thing> = Vec::new();
    things.extend(store.stateful_sets.values().map(|set| thing(Kind::StatefulSet, &set.meta.key, Some(set.replicas))));
    let of = |deployment: &crate::cluster::Deployment| {
        thing(Kind::Deployment, &deployment.meta.key, Some(deployment.replicas))
    };
    things.extend(store.deployments.values().map(of));
    let lone = |set: &crate::cluster::ReplicaSet| thing(Kind::ReplicaSet, &set.meta.key, Some(set.replicas));
    things.extend(store.daemon_sets.keys().map(|key| thing(Kind::DaemonSet, key, None)));
    things.extend(store.jobs.keys().map(|key| thing(Kind::Job, key, None)));
    things.extend(store.cron_jobs.keys().map(|key| thing(Kind::CronJob, key, None)));
    things.extend(store.replica_sets.values().filter(|set| set.meta.owner.is_none()).map(lone));
    things.extend(store.claims.keys().map(|key| thing(Kind::Claim, key, None)));
    let node = |node: &crate::cluster::Node| Thing {
        is_lost: node.is_lost,
        is_cordoned: node.is_cordoned,
        ..thing(Kind::Node, &node.meta.key, None)
    };
    things.extend(store.nodes.values().map(node));
    things
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_have_their_endings() {
        let words: Vec<String> = [1, 2, 3, 4, 11, 12, 21, 103, 111].map(super::ordinal_word).into();
        assert_eq!(words, ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "103rd", "111th"]);
    }
}
