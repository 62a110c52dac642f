//! What page and worker say to each other. All of it is JSON in strings; the first word of the worker is that it is
//! ready, which is an empty string.

use serde::{Deserialize, Serialize};

use crate::workspace::Analysis;

/// The worker's first word.
pub const READY: &str = "";

/// The answer to a job.
#[derive(Serialize, Deserialize)]
pub struct Answer {
    /// The job's number.
    pub number: u32,
    /// What was found out.
    pub analysis: Analysis,
}
