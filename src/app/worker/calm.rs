//! When the worker may do what nobody waits for. Where that takes long it is done in a pause of the typing only: a key
//! pressed meanwhile would wait for it.

use std::collections::BTreeMap;

use gloo::timers::callback::Timeout;

use crate::workspace::Question;
use crate::workspace::cluster::ClusterQuestion;

/// How long nobody has typed in a pause, in milliseconds.
const PAUSE: u32 = 400;

/// What takes no longer than this doesn't disturb anybody, in milliseconds.
const SHORT: f64 = 20.0;

/// What nobody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aside {
    /// The linter's rules.
    Rules,
    /// What is rendered otherwise for some of them.
    Further,
    /// Questions that are asked after each rendering.
    Questions,
}

/// Whether somebody is typing, and how long the worker is away with what nobody waits for.
#[derive(Default)]
pub(super) struct Calm {
    pause: Option<Timeout>,
    is_restless: bool,
    begun: Option<(Aside, f64)>,
    costs: BTreeMap<Aside, f64>,
}

impl Calm {
    /// Somebody types. `rest` is called when nobody has for a while; it has to call [`Calm::rest`].
    pub(super) fn disturb(&mut self, rest: impl FnOnce() + 'static) {
        (self.pause, self.is_restless) = (Some(Timeout::new(PAUSE, rest)), true);
    }

    /// There is a pause.
    pub(super) fn rest(&mut self) {
        self.is_restless = false;
    }

    /// Whether now is the time for it.
    pub(super) fn allows(&self, aside: Aside) -> bool {
        !self.is_restless || self.costs.get(&aside).is_none_or(|cost| *cost < SHORT)
    }

    /// The worker begins.
    pub(super) fn begin(&mut self, aside: Aside) {
        self.begun = Some((aside, js_sys::Date::now()));
    }

    /// The worker is back, if it was away. A chart may get small again.
    pub(super) fn end(&mut self) {
        if let Some((aside, begun)) = self.begun.take() {
            let cost = self.costs.entry(aside).or_default();
            *cost = (js_sys::Date::now() - begun).max(*cost * 0.7);
        }
    }
}

/// Whether nobody waits for an answer: it is asked for after each rendering.
pub(super) fn can_wait(question: &Question) -> bool {
    match question {
        Question::Survey | Question::Changes => true,
        Question::Cluster(question) => matches!(**question, ClusterQuestion::Forecast),
        _ => false,
    }
}
