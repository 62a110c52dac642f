//! What the worker is at, what is asked for and waits, and what is said when it fails.

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::calm::can_wait;
use crate::workspace::{Question, Reply};

/// Whether the worker has the code that answers questions and checks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Insight {
    /// As far as is known.
    Likely,
    /// It fetches it, and will say when it has.
    Awaited,
}

/// What the linter has still to do about what was rendered last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Linting {
    /// It has said all it has to say.
    #[default]
    Done,
    /// It has still to run its rules, as far as it knows what they want to know.
    Rules,
    /// It has run them, and still has to find out what some of them want to know.
    Further,
}

/// What somebody asks for.
#[derive(Clone, PartialEq)]
pub(super) enum Wanted {
    /// The answer to a question about what was rendered last.
    Answer(Question),
    /// A report about it, in the format of that name.
    Report(String),
}

/// What the worker is at.
pub(super) enum Busy {
    /// A job: its number, and the generation of its chart.
    Job { number: u32, generation: u32, _notice: Timeout, _watchdog: Timeout },
    /// A question: its number, what is asked, and who asks.
    Question { number: u32, wanted: Wanted, on_reply: Callback<Option<Reply>>, _watchdog: Timeout },
    /// The linter.
    Linter { part: Linting, _watchdog: Timeout },
}

impl Wanted {
    /// Whether nobody waits for it.
    pub(super) fn can_wait(&self) -> bool {
        matches!(self, Self::Answer(question) if can_wait(question))
    }
}

impl Busy {
    /// Whether it is the job or the question of this number.
    pub(super) fn is_at(&self, order: u32) -> bool {
        matches!(self, Self::Job { number, .. } | Self::Question { number, .. } if *number == order)
    }
}

pub(super) const STOPPED: &str = "Stopped after 2 seconds: a template loops too long or calls itself without end. Shorten the loop, or take back the last change.";
pub(super) const NOT_FETCHED: &str =
    "The linter could not be fetched, so its findings are missing. The next change tries again.";
const INCOMPLETE: &str =
    "A part of the engine that this chart needs could not be fetched. Change something when the network is back.";
pub(super) const UNCHECKED: &str = "The linter could not finish with this chart, so its findings are missing.";
pub(super) const UNFINISHED: &str =
    "What the chart renders to another time took too long, so the rules that look at that are left out.";
const TOO_DEEP: &str =
    "A template calls itself, or one that calls it back, without end. Break the circle, or take back the last change.";
const CRASHED: &str =
    "The engine stopped unexpectedly at this chart, and was started afresh. Please take back the last change.";
pub(super) const NO_JINJA: &str = "What renders templates of the Jinja dialect could not be fetched. Try again when the network is back, or take the files ending in .j2 out of the chart.";
pub(super) const NO_WORKER: &str = "The engine can't start, because this browser refuses to run it beside the page.";

/// Why a worker ended, from its error's message.
pub(super) fn reason(message: &str) -> &'static str {
    let has = |words: &str| message.contains(words);
    // So browsers call it when the stack is used up: V8, and SpiderMonkey.
    if has("call stack") || has("recursion") {
        TOO_DEEP
    // So `static/later.js` calls it.
    } else if has("IncompleteError") {
        INCOMPLETE
    } else {
        CRASHED
    }
}
