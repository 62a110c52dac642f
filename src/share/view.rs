//! What of the page's look goes along with a link, besides the experiment.

use serde::{Deserialize, Serialize};

use crate::workspace::{Experiment, FilePath};

/// What a reader sees first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The open tab of the output, by its word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// What is pinned: a byte of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<(FilePath, usize)>,
}

/// What a link holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The chart and its settings.
    pub experiment: Experiment,
    /// What changes are told from, where it goes along.
    pub baseline: Option<Experiment>,
    /// What a reader sees first.
    pub view: View,
}

impl From<Experiment> for Shared {
    /// An experiment, and nothing besides.
    fn from(experiment: Experiment) -> Self {
        Self { experiment, ..Self::default() }
    }
}
