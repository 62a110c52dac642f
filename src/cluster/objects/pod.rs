//! Pods and their containers.

use super::super::clock::{Moment, Seconds};
use super::{Meta, Template};
use crate::kube::{Container, ContainerRole};

/// A pod.
#[derive(Clone, Debug)]
pub struct Pod {
    /// Its name and so on.
    pub meta: Meta,
    /// What it was made from.
    pub template: Template,
    /// Its volumes that are claims: the volume's name, and the claim's.
    pub claims: Vec<(String, String)>,
    /// The only node it may be given to.
    pub pinned: Option<String>,
    /// The node it was given to.
    pub node: Option<String>,
    /// Its address.
    pub ip: Option<String>,
    /// Where it is in its life.
    pub phase: Phase,
    /// Its containers, in the order in which they start.
    pub containers: Vec<ContainerStatus>,
    /// Since when it is Ready.
    pub ready_since: Option<Moment>,
    /// Whether the kubelet has taken it up.
    pub is_taken_up: bool,
}

/// Where a pod is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not all of it has started.
    Pending,
    /// It runs.
    Running,
    /// All containers ended well, and won't start again.
    Succeeded,
    /// All containers ended, one of them badly, and won't start again.
    Failed,
}

/// A container of a pod.
#[derive(Clone, Debug)]
pub struct ContainerStatus {
    /// Its manifest.
    pub container: Container,
    /// What it does.
    pub state: State,
    /// Whether the startup probe was content.
    pub has_started: bool,
    /// Whether it counts as ready.
    pub is_ready: bool,
    /// How often it was started again.
    pub restarts: u32,
    /// When it ended last.
    pub last_exit: Option<Moment>,
    /// How long to wait before the next try.
    pub backoff: Seconds,
    /// Whether the kubelet has taken it up.
    pub is_taken_up: bool,
}

/// What a container does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing yet; the word says why.
    Waiting(&'static str),
    /// It runs since then.
    Running(Moment),
    /// It has ended, with this status.
    Terminated(i32),
}

impl Pod {
    /// Whether it is Ready.
    pub fn is_ready(&self) -> bool {
        self.ready_since.is_some()
    }

    /// Whether it is running and Ready.
    pub fn is_running_and_ready(&self) -> bool {
        self.phase == Phase::Running && self.is_ready()
    }

    /// Whether it has been Ready for so long.
    pub fn is_available(&self, now: Moment, min_ready: Seconds) -> bool {
        self.ready_since.is_some_and(|since| now.since(since) >= min_ready)
    }

    /// Whether it has ended for good.
    pub fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Succeeded | Phase::Failed)
    }

    /// Whether it counts for its controller: neither ended nor on its way out.
    pub fn is_active(&self) -> bool {
        !self.has_ended() && !self.meta.is_deleting()
    }

    /// The revision or template that its controller wrote on it.
    pub fn revision(&self) -> &str {
        self.meta.labels.get("controller-revision-hash").map_or("", String::as_str)
    }

    /// Whether a claim of that name is among its volumes.
    pub fn uses(&self, claim: &str) -> bool {
        self.claims.iter().any(|(_, used)| used == claim)
    }

    /// Whether its programs end by themselves: where they must not be started again, nothing else makes sense.
    pub fn ends_by_itself(&self) -> bool {
        self.restart_policy() != "Always"
    }

    /// What it does when a container ends: Always, unless the manifest says otherwise.
    pub fn restart_policy(&self) -> String {
        self.template.pod().get("restartPolicy").string().unwrap_or_else(|| "Always".to_owned())
    }
}

impl ContainerStatus {
    /// A container that hasn't begun.
    pub fn new(container: Container) -> Self {
        let is_init = container.role() != ContainerRole::Main;
        Self {
            state: State::Waiting(if is_init { "PodInitializing" } else { "ContainerCreating" }),
            container,
            has_started: false,
            is_ready: false,
            restarts: 0,
            last_exit: None,
            backoff: 0,
            is_taken_up: false,
        }
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }
}
