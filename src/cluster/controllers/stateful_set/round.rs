//! One look at a set: its pods by ordinal, and what its manifest says.

use super::super::super::Cluster;
use super::super::super::clock::{Moment, Seconds};
use super::super::super::objects::{Key, Phase, Pod, SetStatus, StatefulSet, seconds};
use super::super::super::queue::Alarm;

/// A set and its pods at a moment.
pub struct Round {
    /// The set.
    pub set: StatefulSet,
    /// The ordinal of the first pod.
    pub start: usize,
    /// A slot for each pod that should be there.
    pub replicas: Vec<Option<Member>>,
    /// The pods that should not be there, the highest ordinal first.
    pub condemned: Vec<Member>,
    /// Whether the pods wait for one another.
    pub is_ordered: bool,
    /// How long a pod must be Ready.
    pub min_ready: Seconds,
}

/// A pod of a set.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub key: Key,
    /// Its number.
    pub ordinal: usize,
    /// Its revision.
    pub revision: String,
    /// Whether it is being deleted.
    pub is_terminating: bool,
    /// How well it is.
    pub health: Health,
    /// Since when it is Ready.
    pub ready_since: Option<Moment>,
}

/// How well a pod is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// It has ended.
    Ended,
    /// A part of it hasn't started.
    Pending,
    /// It runs, and isn't Ready.
    NotReady,
    /// It is Ready, though not for long enough.
    Ready,
    /// It is Ready for long enough.
    Available,
}

impl Health {
    fn of(pod: &Pod, now: Moment, min_ready: Seconds) -> Self {
        match pod.phase {
            Phase::Succeeded | Phase::Failed => Self::Ended,
            Phase::Running if pod.is_available(now, min_ready) => Self::Available,
            Phase::Running if pod.is_ready() => Self::Ready,
            Phase::Running => Self::NotReady,
            Phase::Pending => Self::Pending,
        }
    }
}

impl Member {
    /// Whether it can't be counted on.
    pub fn is_unavailable(&self) -> bool {
        self.health < Health::Available || self.is_terminating
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.key.name
    }

    /// What is wrong with it, to be read behind its name.
    pub fn trouble(&self) -> String {
        let trouble = match self.health {
            _ if self.is_terminating => "is still terminating",
            Health::Ended => "has ended",
            Health::Pending => "is Pending",
            Health::NotReady => "is not Ready",
            Health::Ready | Health::Available => "is not Ready for long enough",
        };
        trouble.to_owned()
    }
}

impl Round {
    /// Looks at a set.
    pub fn of(cluster: &mut Cluster, key: &Key) -> Option<Self> {
        let set = cluster.store.stateful_sets.get(key)?.clone();
        let start = ordinal_field(&set);
        let min_ready = seconds(&set.spec.at("spec.minReadySeconds"), 0);
        let is_ordered = !set.spec.at("spec.podManagementPolicy").is("Parallel");
        let (mut replicas, mut condemned) = (vec![None; set.replicas], Vec::new());
        for member in members(cluster, &set, min_ready) {
            let slot = member.ordinal.checked_sub(start).and_then(|index| replicas.get_mut(index));
            match slot {
                Some(slot) => *slot = Some(member),
                None => condemned.push(member),
            }
        }
        condemned.sort_by_key(|member| std::cmp::Reverse(member.ordinal));
        let round = Self { set, start, replicas, condemned, is_ordered, min_ready };
        round.look_again(cluster);
        Some(round)
    }

    /// Wakes the controllers when a pod will have been Ready for long enough.
    fn look_again(&self, cluster: &mut Cluster) {
        for member in self.present().filter(|member| member.health == Health::Ready) {
            let since = member.ready_since.unwrap_or(cluster.now);
            let due = self.min_ready.saturating_sub(cluster.now.since(since)).max(1);
            cluster.alarm(due, Alarm::Look);
        }
    }

    /// Every pod there is.
    pub fn present(&self) -> impl Iterator<Item = &Member> {
        self.replicas.iter().flatten().chain(&self.condemned)
    }

    /// The name of the pod of a slot.
    pub fn name(&self, slot: usize) -> String {
        format!("{}-{}", self.set.meta.key.name, self.start + slot)
    }

    /// From which ordinal on pods get the new template.
    pub fn partition(&self) -> usize {
        let field = self.set.spec.at("spec.updateStrategy.rollingUpdate.partition");
        field.integer().map_or(0, |partition| usize::try_from(partition).unwrap_or(0))
    }

    /// Whether pods get a new template only when somebody deletes them.
    pub fn is_on_delete(&self) -> bool {
        self.set.spec.at("spec.updateStrategy.type").is("OnDelete")
    }

    /// Writes down what the set reports, and ends an update that has reached all pods.
    pub fn report(&self, cluster: &mut Cluster) {
        let old = &self.set.status;
        let count = |is: &dyn Fn(&&Member) -> bool| self.present().filter(is).count();
        let live = |revision: &str| count(&|member| !member.is_terminating && member.revision == revision);
        let mut status = SetStatus {
            replicas: count(&|_| true),
            ready: count(&|member| member.health >= Health::Ready),
            available: count(&|member| member.health == Health::Available),
            current: live(&old.current_revision),
            updated: live(&old.update_revision),
            ..old.clone()
        };
        let is_rolling = !self.is_on_delete();
        let is_complete = status.updated == status.replicas && status.ready == status.replicas;
        if is_rolling && is_complete && status.replicas == self.set.replicas {
            status.current = status.updated;
            status.current_revision.clone_from(&status.update_revision);
        }
        if status != *old
            && let Some(set) = cluster.store.stateful_sets.get_mut(&self.set.meta.key)
        {
            set.status = status;
            cluster.touch();
        }
    }
}

/// `spec.ordinals.start`
fn ordinal_field(set: &StatefulSet) -> usize {
    set.spec.at("spec.ordinals.start").integer().map_or(0, |start| usize::try_from(start).unwrap_or(0))
}

fn members(cluster: &Cluster, set: &StatefulSet, min_ready: Seconds) -> Vec<Member> {
    let member = |pod: &Pod| {
        Some(Member {
            ordinal: super::identity::ordinal(&set.meta.key.name, &pod.meta.key.name)?,
            key: pod.meta.key.clone(),
            revision: pod.revision().to_owned(),
            is_terminating: pod.meta.is_deleting(),
            health: Health::of(pod, cluster.now, min_ready),
            ready_since: pod.ready_since,
        })
    };
    cluster.store.pods_of(&set.meta.uid).filter_map(member).collect()
}
