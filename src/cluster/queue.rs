//! What will happen by itself: a queue of moments.

use std::collections::BTreeMap;

use super::clock::Moment;
use super::objects::Key;

/// What will happen at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Something becomes of a container, unless it has been started again since.
    Container {
        /// Its pod.
        pod: Key,
        /// The pod's uid.
        uid: String,
        /// Its number.
        index: usize,
        /// How often it had been started again.
        restarts: u32,
        /// What becomes of it.
        step: Step,
    },
    /// A pod that is being deleted has stopped.
    Stopped {
        /// The pod.
        pod: Key,
        /// Its uid.
        uid: String,
    },
    /// A node that is lost is known to be.
    NodeNotReady(String),
    /// The pods of a node that is lost are given up.
    Evict(String),
    /// A Deployment's rollout must have come on.
    Deadline(Key),
    /// The controllers look whether something is due.
    Look,
}

/// What becomes of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The image has been pulled, or has failed to be.
    Pulled,
    /// It starts.
    Start,
    /// The startup probe is content.
    StartedUp,
    /// The readiness probe is content, or would be.
    Probed,
    /// It ends with this status.
    Exit(i32),
    /// The kubelet waits before it pulls again.
    BackOff,
    /// It is tried again.
    Retry,
}

/// Whether an alarm brings something new, or the same thing over and over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Something new.
    Onward,
    /// Another try of what has failed.
    Again,
    /// What comes by the clock, whatever happens.
    Regular,
}

/// What will happen, by moment.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    alarms: BTreeMap<(Moment, u64), (Alarm, Course)>,
    /// The alarms of each pod, by its uid; some of them may have gone off.
    of_pods: BTreeMap<String, Vec<(Moment, u64)>>,
    count: u64,
}

impl Alarm {
    /// The uid of the pod that it is about.
    fn pod(&self) -> Option<&String> {
        match self {
            Self::Container { uid, .. } | Self::Stopped { uid, .. } => Some(uid),
            Self::NodeNotReady(_) | Self::Evict(_) | Self::Deadline(_) | Self::Look => None,
        }
    }
}

impl Queue {
    /// Sets an alarm.
    pub fn set(&mut self, at: Moment, alarm: Alarm, course: Course) {
        let mut then = self.alarms.range((at, 0)..=(at, u64::MAX));
        if alarm == Alarm::Look && then.any(|(_, (other, _))| *other == alarm) {
            return;
        }
        self.count += 1;
        if let Some(uid) = alarm.pod() {
            self.of_pods.entry(uid.clone()).or_default().push((at, self.count));
        }
        self.alarms.insert((at, self.count), (alarm, course));
    }

    /// Whether something that has failed is tried again.
    pub fn goes_on_trying(&self) -> bool {
        self.alarms.values().any(|(_, course)| *course == Course::Again)
    }

    /// What failed has been mended: the next try is something new.
    pub fn promote(&mut self) {
        for (_, course) in self.alarms.values_mut().filter(|(_, course)| *course == Course::Again) {
            *course = Course::Onward;
        }
    }

    /// Nothing more happens to a pod that is gone.
    pub fn forget(&mut self, gone: &str) {
        for place in self.of_pods.remove(gone).unwrap_or_default() {
            self.alarms.remove(&place);
        }
    }

    /// Takes an alarm back.
    pub fn cancel(&mut self, alarm: &Alarm) {
        self.alarms.retain(|_, (other, _)| other != alarm);
    }

    /// The next moment at which something happens.
    pub fn next(&self) -> Option<Moment> {
        self.alarms.first_key_value().map(|((at, _), _)| *at)
    }

    /// Whether something new is still to come.
    pub fn goes_onward(&self) -> bool {
        self.alarms.values().any(|(_, course)| *course == Course::Onward)
    }

    /// Takes the next alarm out, if it is due.
    pub fn take(&mut self, now: Moment) -> Option<Alarm> {
        let ((at, _), _) = self.alarms.first_key_value()?;
        if *at > now {
            return None;
        }
        self.alarms.pop_first().map(|(_, (alarm, _))| alarm)
    }
}
