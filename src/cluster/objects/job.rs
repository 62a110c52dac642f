//! Jobs and what makes them by the clock.

use std::collections::{BTreeMap, BTreeSet};

use super::super::clock::Moment;
use super::{Meta, Spec, Template};

/// A Job.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its name and so on.
    pub meta: Meta,
    /// The manifest with its `spec`: its own, or that of a `CronJob`.
    pub spec: Spec,
    /// Where in that manifest its `spec` is.
    pub at: String,
    /// The template of its pods.
    pub template: Template,
    /// How many pods it has made.
    pub made: usize,
    /// How many pods have ended well.
    pub succeeded: usize,
    /// How many have ended badly.
    pub failed: usize,
    /// Pods whose end was counted, by uid.
    pub counted: Vec<String>,
    /// Pods that are asked to stop, by uid, and their index: they count when they are gone.
    pub leaving: Vec<(String, Option<usize>)>,
    /// Before this moment no pod is made, because one has failed.
    pub not_before: Moment,
    /// What is known of each index that a pod has ended for.
    pub indexes: BTreeMap<usize, IndexRecord>,
    /// The indexes that have failed for good.
    pub failed_indexes: BTreeSet<usize>,
    /// Why it is to fail whatever else it could try, in the words of its rules for failed pods.
    pub doom: Option<String>,
    /// How it ended, and when.
    pub end: Option<(JobEnd, Moment)>,
}

/// What is known of an index of a Job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndexRecord {
    /// Whether a pod of it has ended well.
    pub has_succeeded: bool,
    /// How many of its pods have ended badly.
    pub failures: usize,
    /// Before this moment no pod of it is made.
    pub not_before: Moment,
}

/// How a Job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// It is done.
    Complete,
    /// It has failed too often.
    Failed,
}

/// A `CronJob`.
#[derive(Clone, Debug)]
pub struct CronJob {
    /// Its name and so on.
    pub meta: Meta,
    /// Its manifest.
    pub spec: Spec,
    /// When it makes the next Job.
    pub next: Option<Moment>,
    /// When it made the last one.
    pub last: Option<Moment>,
}
