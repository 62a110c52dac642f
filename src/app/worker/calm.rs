//! When the worker may do what nobody waits for. Where that takes long it is done in a pause of the typing only: a key
//! pressed meanwhile would wait for it.

use gloo::timers::callback::Timeout;

use crate::workspace::Question;
use crate::workspace::cluster::ClusterQuestion;

/// How long nobody has typed in a pause, in milliseconds.
const PAUSE: u32 = 400;

/// What takes no longer than this doesn't disturb anybody, in milliseconds.
const SHORT: f64 = 20.0;

/// Whether somebody is typing, and how long the worker is away with what nobody waits for.
#[derive(Default)]
pub(super) struct Calm {
    pause: Option<Timeout>,
    is_restless: bool,
    begun: Option<f64>,
    cost: f64,
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

    /// Whether now is the time.
    pub(super) fn allows(&self) -> bool {
        !self.is_restless || self.cost < SHORT
    }

    /// The worker begins.
    pub(super) fn begin(&mut self) {
        self.begun = Some(js_sys::Date::now());
    }

    /// The worker is back, if it was away. A chart may get small again.
    pub(super) fn end(&mut self) {
        if let Some(begun) = self.begun.take() {
            self.cost = (js_sys::Date::now() - begun).max(self.cost * 0.7);
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
