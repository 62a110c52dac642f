//! Questions about the rendering that the worker keeps, and what it replies.

use serde::{Deserialize, Serialize};

use super::values_table::ValueLine;

/// A question about the newest rendering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// All values as a table.
    Values,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Question::Values`].
    Values(Vec<ValueLine>),
}
