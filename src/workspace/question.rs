//! Questions about the rendering that the worker keeps, and what it replies.

use serde::{Deserialize, Serialize};

use super::cluster::{ClusterQuestion, ClusterReply};
use super::{DocumentChange, Ghost, Help, Helped, LineChange, Mend, Pin, RuleText, Spot, Survey, Trial, ValueLine};

/// A question about the newest rendering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// What belongs to a spot, and why it is there; of several places in the output, the one of this number.
    Why(Spot, Option<usize>),
    /// What is not there.
    Survey,
    /// What is different from the baseline.
    Changes,
    /// The same as the difference of two texts.
    TextChanges,
    /// What trim markers took away.
    Ghosts,
    /// All values as a table.
    Values,
    /// What helps somebody who writes.
    Help(Help),
    /// What would `helm lint` say.
    HelmLint,
    /// What the linter's rules say of themselves.
    Rules,
    /// What the rule with this id says of itself.
    Rule(String),
    /// What else this edit would do.
    Trial(Box<Mend>),
    /// What there is in the simulated cluster, which the [`Stage`](super::cluster::Stage) answers.
    Cluster(Box<ClusterQuestion>),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Question::Why`].
    Why(Box<Pin>),
    /// To [`Question::Survey`].
    Survey(Box<Survey>),
    /// To [`Question::Changes`].
    Changes(Vec<DocumentChange>),
    /// To [`Question::TextChanges`].
    TextChanges(Vec<LineChange>),
    /// To [`Question::Ghosts`].
    Ghosts(Vec<Ghost>),
    /// To [`Question::Values`].
    Values(Vec<ValueLine>),
    /// To [`Question::Help`].
    Help(Helped),
    /// To [`Question::HelmLint`]: what it prints, a line each.
    HelmLint(Vec<String>),
    /// To [`Question::Rules`] and [`Question::Rule`].
    Rules(Vec<RuleText>),
    /// To [`Question::Trial`].
    Trial(Trial),
    /// To [`Question::Cluster`].
    Cluster(ClusterReply),
    /// To a report that was asked for: its text; the error is why there is none.
    Report(Result<String, String>),
}
