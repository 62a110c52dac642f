//! Sets of pods that are all alike: Deployments, `ReplicaSet`s, `DaemonSet`s.

use super::super::clock::Moment;
use super::{Meta, Revision, Spec, Template};

/// A Deployment.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest.
    pub spec: Spec,
    /// How many pods it is to have.
    pub replicas: usize,
    /// Whether somebody has set that number since the chart did.
    pub is_scaled_by_hand: bool,
    /// The number of its latest revision.
    pub revision: u32,
    /// When its rollout came on last.
    pub progressed_at: Moment,
    /// What its rollout looked like then.
    pub progress: Vec<usize>,
}

/// A `ReplicaSet`.
#[derive(Clone, Debug)]
pub struct ReplicaSet {
    /// Its name and so on.
    pub meta: Meta,
    /// The template of its pods.
    pub template: Template,
    /// How many pods it is to have.
    pub replicas: usize,
    /// The replicas of its Deployment when it was scaled last.
    pub desired: usize,
    /// How many pods its Deployment could have then.
    pub most: usize,
    /// The Deployment's revision that it is of; 0 where there is none.
    pub revision: u32,
    /// The template's content in one line.
    pub fingerprint: String,
    /// What tells its pods from those of another template; empty where it has no Deployment.
    pub hash: String,
    /// How many pods it has made.
    pub made: usize,
    /// How many pods there are.
    pub current: usize,
    /// How many of them are Ready.
    pub ready: usize,
    /// How many of them are Ready for long enough.
    pub available: usize,
}

impl ReplicaSet {
    /// A set that has no pods yet.
    pub fn new(meta: Meta, template: Template, replicas: usize) -> Self {
        let fingerprint = template.fingerprint();
        Self {
            meta,
            template,
            replicas,
            desired: replicas,
            most: replicas,
            revision: 0,
            fingerprint,
            hash: String::new(),
            made: 0,
            current: 0,
            ready: 0,
            available: 0,
        }
    }
}

/// A `DaemonSet`.
#[derive(Clone, Debug)]
pub struct DaemonSet {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest.
    pub spec: Spec,
    /// The templates it had, the oldest first.
    pub revisions: Vec<Revision>,
    /// How many pods it has made.
    pub made: usize,
    /// How many pods there should be.
    pub desired: usize,
    /// How many there are.
    pub current: usize,
    /// How many are Ready.
    pub ready: usize,
    /// How many are of the latest template.
    pub updated: usize,
    /// How many are Ready for long enough.
    pub available: usize,
}

impl DaemonSet {
    /// A set that has no pods yet.
    pub fn new(meta: Meta, spec: Spec) -> Self {
        let (revisions, made, desired, current, ready, updated, available) = (Vec::new(), 0, 0, 0, 0, 0, 0);
        Self { meta, spec, revisions, made, desired, current, ready, updated, available }
    }
}
