//! What the page opens with: the default chart with its output, its first value pinned, and its pods. The page reads it
//! from `static/opening.json`, so that it stands there before the engine does; `cargo ui` holds the file against the engine.

use serde::{Deserialize, Serialize};

use super::cluster::{ClusterQuestion, ClusterReply, Group, Stage};
use super::{Analysis, Content, Experiment, FilePath, Outside, Pin, Question, Reply, Spot, Study, default_experiment};

/// The key of the number of replicas, which is what the default chart shows first.
const FIRST: &str = "replicaCount";

/// What is known of the default chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// What Helm makes of it, and the linter.
    pub analysis: Analysis,
    /// What is said of its first value.
    pub pin: Option<Pin>,
    /// The pods there would be.
    pub groups: Vec<Group>,
}

impl Opening {
    /// Worked out by the engine.
    pub fn of_default() -> Self {
        let experiment = default_experiment();
        let outside = Outside::default();
        let (mut study, analysis) = Study::checked(experiment.clone(), &outside);
        let pin = Self::spot(&experiment).and_then(|spot| match study.answer(&Question::Why(spot, None), None) {
            Some(Reply::Why(pin)) => Some(*pin),
            _ => None,
        });
        let groups = match Stage::default().answer(ClusterQuestion::Forecast, Some(&study), &outside) {
            ClusterReply::Forecast(groups) => groups,
            _ => Vec::new(),
        };
        Self { analysis, pin, groups }
    }

    /// As the file keeps it. `None` where somebody broke the file.
    pub fn kept() -> Option<Self> {
        serde_json::from_str(include_str!("../../static/opening.json")).ok()
    }

    /// Where its first value stands in values.yaml.
    pub fn spot(experiment: &Experiment) -> Option<Spot> {
        let values = experiment.file(&FilePath::values()).and_then(Content::text)?;
        Some(Spot::File(FilePath::values(), values.find(FIRST)?))
    }
}
