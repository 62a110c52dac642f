//! Sets of pods, Services, nodes, and what merely lies there.

use super::{Meta, Spec, Template};

/// A `StatefulSet`.
#[derive(Clone, Debug)]
pub struct StatefulSet {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest.
    pub spec: Spec,
    /// How many pods it is to have.
    pub replicas: usize,
    /// Whether somebody has set that number since the chart did.
    pub is_scaled_by_hand: bool,
    /// The templates it had, the oldest first.
    pub revisions: Vec<Revision>,
    /// What it reports.
    pub status: SetStatus,
}

/// A template that a set has or had.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its name, which is written on its pods.
    pub name: String,
    /// Its number.
    pub number: u32,
    /// The template.
    pub template: Template,
    /// Its content in one line.
    pub fingerprint: String,
}

/// What a `StatefulSet` reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetStatus {
    /// How many pods there are.
    pub replicas: usize,
    /// How many of them are Ready.
    pub ready: usize,
    /// How many are Ready for long enough.
    pub available: usize,
    /// How many are of the revision before.
    pub current: usize,
    /// How many are of the latest revision.
    pub updated: usize,
    /// The revision before.
    pub current_revision: String,
    /// The latest revision.
    pub update_revision: String,
}

/// A Service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest; `None` for the API server's own.
    pub spec: Option<Spec>,
    /// Its address: `None` for a headless one.
    pub cluster_ip: Option<String>,
    /// The node's port for each of its ports.
    pub node_ports: Vec<Option<u64>>,
    /// The pods it leads to, as last told.
    pub told: Vec<String>,
}

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name and so on.
    pub meta: Meta,
    /// Whether it still answers.
    pub is_lost: bool,
    /// Whether the cluster knows that it is lost.
    pub is_ready: bool,
    /// Whether it gets no more pods.
    pub is_cordoned: bool,
    /// The images it has pulled.
    pub images: std::collections::BTreeSet<String>,
}

/// An object that nothing is simulated of.
#[derive(Clone, Debug)]
pub struct Plain {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest.
    pub spec: Spec,
}
