//! The update strategies beside each other: the same update, played with each of them, second by second.

mod ways;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::clock::{Moment, Seconds};
use super::objects::Pod;
use super::{Cluster, Settings};
use ways::{Deed, WAYS, Way};

/// How an update goes with one of the strategies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The strategy.
    pub title: String,
    /// What is special about it.
    pub sentence: String,
    /// What is set for it.
    pub settings: String,
    /// Its pods over time.
    pub rows: Vec<PodRow>,
    /// When what was done, in seconds.
    pub deeds: Vec<(Seconds, String)>,
    /// How many pods served which version from a second on: the old one and the new one.
    pub serving: Vec<(Seconds, usize, usize)>,
    /// When all of it was over.
    pub end: Seconds,
    /// The fewest pods that served at any moment.
    pub fewest: usize,
    /// The most pods there were at any moment, not counting those that were being stopped.
    pub most: usize,
}

/// A pod over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodRow {
    /// Its name.
    pub name: String,
    /// What it did, one span after the other.
    pub spans: Vec<Span>,
}

/// A span of time in which a pod did one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// From this second on.
    pub from: Seconds,
    /// Up to this one.
    pub to: Seconds,
    /// What it did.
    pub state: PodState,
    /// Whether it is of the new version.
    pub is_new: bool,
}

/// What a pod does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PodState {
    /// It isn't Ready yet.
    Starting,
    /// It is Ready, and the Service leads to it.
    Serving,
    /// It is Ready, and the Service leads elsewhere.
    Aside,
    /// It is being stopped.
    Ending,
}

/// More pods than that would not fit beside each other.
pub const MOST_COMPARED: usize = 8;
/// An update takes no longer.
const LONGEST: Seconds = 600;
/// So long it is looked at what was, before the update.
const BEFORE: Seconds = 2;
/// So long somebody looks at a canary.
const LOOKING: Seconds = 10;

/// How an update of so many pods goes with each of the strategies.
pub fn compare(replicas: usize) -> Vec<Comparison> {
    let replicas = replicas.clamp(1, MOST_COMPARED);
    WAYS.iter().map(|way| play(way, replicas)).collect()
}

fn play(way: &Way, replicas: usize) -> Comparison {
    let mut cluster = Cluster::new(Settings::default());
    // These manifests are ours.
    let _ = cluster.install(way.manifests(replicas, 0));
    cluster.run();
    let mut film = Film { start: cluster.now(), ..Film::default() };
    film.result.fewest = usize::MAX;
    for _ in 0..BEFORE {
        film.shoot(&mut cluster);
    }
    for deed in way.deeds {
        film.perform(way, *deed, replicas, &mut cluster);
    }
    for _ in 0..BEFORE {
        film.shoot(&mut cluster);
    }
    let (title, sentence) = (way.title.to_owned(), way.sentence.to_owned());
    Comparison { title, sentence, settings: way.settings.to_owned(), end: film.now(&cluster), ..film.result }
}

/// What was seen so far.
#[derive(Default)]
struct Film {
    start: Moment,
    result: Comparison,
}

impl Film {
    fn now(&self, cluster: &Cluster) -> Seconds {
        cluster.now().since(self.start)
    }

    fn perform(&mut self, way: &Way, deed: Deed, replicas: usize, cluster: &mut Cluster) {
        match deed {
            Deed::Upgrade(stage, words) => {
                self.result.deeds.push((self.now(cluster), words.to_owned()));
                // These manifests are ours.
                let _ = cluster.upgrade(way.manifests(replicas, stage), super::Conflicts::Fail);
                self.until_settled(cluster);
            }
            Deed::Look => (0..LOOKING).for_each(|_| self.shoot(cluster)),
            Deed::DeleteEach => {
                for ordinal in (0..replicas).rev() {
                    let name = format!("web-{ordinal}");
                    self.result.deeds.push((self.now(cluster), format!("{name} is deleted")));
                    // It is there: nobody else deletes pods.
                    let _ = cluster.delete(super::Kind::Pod, &name, super::Cascade::Background, None);
                    self.until_settled(cluster);
                }
            }
        }
    }

    fn until_settled(&mut self, cluster: &mut Cluster) {
        let end = self.now(cluster) + LONGEST;
        while cluster.rest().is_none() && self.now(cluster) < end {
            self.shoot(cluster);
        }
    }

    /// Looks at the pods, and lets a second pass.
    fn shoot(&mut self, cluster: &mut Cluster) {
        let at = self.now(cluster);
        let served: BTreeSet<String> =
            cluster.store.services.values().flat_map(|service| service.told.clone()).collect();
        let (mut old, mut new) = (0, 0);
        for pod in cluster.store.pods.values() {
            let is_new = is_new(pod);
            let state = match () {
                () if pod.meta.is_deleting() => PodState::Ending,
                () if served.contains(&pod.meta.key.name) => PodState::Serving,
                () if pod.is_ready() => PodState::Aside,
                () => PodState::Starting,
            };
            if state == PodState::Serving {
                *(if is_new { &mut new } else { &mut old }) += 1;
            }
            self.add(&pod.meta.key.name, Span { from: at, to: at + 1, state, is_new });
        }
        let result = &mut self.result;
        result.fewest = result.fewest.min(old + new);
        result.most = result.most.max(cluster.store.pods.values().filter(|pod| !pod.meta.is_deleting()).count());
        if result.serving.last().is_none_or(|(_, was_old, was_new)| (*was_old, *was_new) != (old, new)) {
            result.serving.push((at, old, new));
        }
        cluster.wait(1);
    }

    fn add(&mut self, name: &str, span: Span) {
        let at = self.result.rows.iter().position(|row| row.name == name).unwrap_or_else(|| {
            self.result.rows.push(PodRow { name: name.to_owned(), spans: Vec::new() });
            self.result.rows.len() - 1
        });
        let Some(row) = self.result.rows.get_mut(at) else { return };
        match row.spans.last_mut() {
            Some(last) if (last.to, last.state, last.is_new) == (span.from, span.state, span.is_new) => {
                last.to = span.to;
            }
            _ => row.spans.push(span),
        }
    }
}

fn is_new(pod: &Pod) -> bool {
    pod.containers.first().is_some_and(|status| status.container.image().ends_with(":2"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(replicas: usize) -> Vec<(String, usize, usize)> {
        compare(replicas).into_iter().map(|way| (way.title, way.fewest, way.most)).collect()
    }

    /// How few serve and how many there are follows from the rules of Kubernetes: a set and `OnDelete` have one
    /// pod less meanwhile, 25 % of 4 is one more and one less, Recreate has a moment with none, blue/green has both.
    #[test]
    fn each_strategy_has_its_fewest_and_most_pods() {
        let told: Vec<_> =
            of(4).into_iter().map(|(title, fewest, most)| format!("{title}: {fewest} to {most}")).collect();
        assert_eq!(
            told,
            [
                "StatefulSet, RollingUpdate: 3 to 4",
                "StatefulSet, RollingUpdate with a partition (canary): 3 to 4",
                "StatefulSet, OnDelete: 3 to 4",
                "StatefulSet, Parallel with maxUnavailable: 2 to 4",
                "Deployment, RollingUpdate: 3 to 5",
                "Deployment, RollingUpdate with a surge and none unavailable: 4 to 5",
                "Deployment, RollingUpdate without a surge: 3 to 4",
                "Deployment, Recreate: 0 to 4",
                "Blue/green with two Deployments: 4 to 8",
                "Canary with two Deployments: 4 to 6",
            ]
        );
    }

    #[test]
    fn in_the_end_all_pods_are_new() {
        for way in compare(3) {
            let (_, old, new) = way.serving.last().copied().unwrap();
            assert_eq!((old, new), (0, 3), "{}", way.title);
        }
    }
}
