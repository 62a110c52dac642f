//! What page and worker say to each other. All of it is JSON in strings; the first word of the worker is that it is
//! ready, which is an empty string.

use serde::{Deserialize, Serialize};

use crate::workspace::{Analysis, Checked, Job, Question, Reply};

/// The worker's first word.
pub const READY: &str = "";

/// What the page says.
#[derive(Serialize, Deserialize)]
pub enum Order {
    /// Render this.
    Job(Job),
    /// Run the linter over what was rendered last, with what is known by now.
    Check,
    /// Find out a piece more of what the linter wants to know.
    Further,
    /// Tell changes from this. Its number says nothing.
    Baseline(Job),
    /// Answer this about what was rendered last. The number comes back with the answer.
    Question(u32, Question),
    /// Write what is wrong with what was rendered last, in the format of that name. The number comes back.
    Report(u32, String),
}

/// What the worker says.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// To a job: its number, and what was found out.
    Analysis(u32, Box<Analysis>),
    /// To a check: what the linter says of the job that was answered last.
    Checked(Checked),
    /// A piece more is known; whether something is left.
    Further(bool),
    /// The schemas are there: the linter would say more now.
    Learned,
    /// What was rendered last would be another thing now: something that it asked for is there.
    Stale,
    /// The baseline is there.
    Noted,
    /// To anything but a job: the code for it is being fetched. It is to be ordered again when [`Answer::Insight`] says so.
    NotYet,
    /// The code for what is not a job is there, or it could not be fetched.
    Insight(bool),
    /// To a question: its number, and the answer, if there is one.
    Reply(u32, Option<Reply>),
}
