//! What the page's end of the worker knows: what the worker has, what it is at, and what waits.

use std::mem;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::busy::{Busy, Insight, Linting, Wanted};
use super::calm::{Aside, Calm};
use super::engine::Report;
use super::message::Order;
use super::running::Running;
use crate::workspace::{Checked, Experiment, Job, Reply};

/// What is asked for, and who asks.
pub(super) type Asked = (Wanted, Callback<Option<Reply>>);

pub(super) struct Inner {
    pub(super) report: Callback<Report>,
    pub(super) worker: Option<Running>,
    /// What the worker has.
    pub(super) known: Option<Rc<Experiment>>,
    /// What it is at.
    pub(super) busy: Option<Busy>,
    /// The newest experiment, where the worker has not got it yet.
    pub(super) waiting: Option<(Rc<Experiment>, u32)>,
    pub(super) pause: Option<Timeout>,
    pub(super) is_paused: bool,
    /// Counts jobs and questions.
    orders: u32,
    /// The generation of the chart that was answered last.
    pub(super) answered: Option<u32>,
    /// What the linter has still to do about it.
    pub(super) linting: Linting,
    /// What it said first, where it has more to say.
    pub(super) half: Option<Checked>,
    /// Whether the worker can answer anything but jobs.
    pub(super) insight: Insight,
    /// What is asked for and waits.
    pub(super) wanted: Vec<Asked>,
    /// The baseline, and what of it the worker has.
    pub(super) baseline: Option<Rc<Experiment>>,
    pub(super) known_baseline: Option<Rc<Experiment>>,
    pub(super) calm: Calm,
}

impl Inner {
    /// Nothing is known, and nothing waits.
    pub(super) fn new(report: Callback<Report>) -> Self {
        Self {
            report,
            worker: None,
            known: None,
            busy: None,
            waiting: None,
            pause: None,
            is_paused: false,
            orders: 0,
            answered: None,
            linting: Linting::Done,
            half: None,
            insight: Insight::Likely,
            wanted: Vec::new(),
            baseline: None,
            known_baseline: None,
            calm: Calm::default(),
        }
    }

    /// Whether the worker waits for an order.
    pub(super) fn is_free(&self) -> bool {
        self.busy.is_none() && self.worker.as_ref().is_some_and(|running| running.is_ready)
    }

    /// The first question that somebody waits for.
    pub(super) fn next_urgent(&mut self) -> Option<Asked> {
        let at = self.wanted.iter().position(|(wanted, _)| !wanted.can_wait())?;
        Some(self.wanted.remove(at))
    }

    /// The first question, if it is calm.
    pub(super) fn next_idle(&mut self) -> Option<Asked> {
        (self.calm.allows(Aside::Questions) && !self.wanted.is_empty()).then(|| self.wanted.remove(0))
    }

    /// What the linter may do now.
    pub(super) fn next_linting(&self, part: Linting, aside: Aside) -> bool {
        self.linting == part && self.calm.allows(aside)
    }

    /// A number for a job or a question.
    pub(super) fn number(&mut self) -> u32 {
        self.orders += 1;
        self.orders
    }

    pub(super) fn post(&self, order: &Order) {
        let running = self.worker.as_ref().filter(|running| running.is_ready);
        if let (Ok(message), Some(running)) = (serde_json::to_string(order), running) {
            running.post(&message);
        }
    }

    /// What was answered last would be answered otherwise now. Where a newer chart waits, its answer will be right.
    pub(super) fn render_again(&mut self) {
        if self.waiting.is_none() {
            self.waiting = self.known.clone().zip(self.answered);
        }
    }

    /// What the worker is at is ordered again when it has the code for it.
    pub(super) fn wait_for_insight(&mut self) {
        match self.busy.take() {
            Some(Busy::Question { wanted, on_reply, .. }) => self.wanted.insert(0, (wanted, on_reply)),
            Some(Busy::Linter { part, .. }) => self.linting = part,
            busy => self.busy = busy,
        }
        self.insight = Insight::Awaited;
    }

    /// The linter would say more now.
    pub(super) fn learn(&mut self) {
        if self.answered.is_some() {
            self.linting = Linting::Rules;
        }
    }

    /// The linter is back, and this is what it has to do next, unless it has to begin anew.
    pub(super) fn go_on_linting(&mut self, next: Linting) {
        self.calm.end();
        self.busy.take_if(|busy| matches!(busy, Busy::Linter { .. }));
        if self.linting != Linting::Rules {
            self.linting = next;
        }
    }

    /// Gives the worker the baseline, where it has another one.
    pub(super) fn hand_over_baseline(&mut self) {
        let Some(baseline) = self.baseline.clone() else { return };
        if self.known_baseline.as_ref().is_some_and(|known| Rc::ptr_eq(known, &baseline)) {
            return;
        }
        self.post(&Order::Baseline(Job::new(0, self.known_baseline.as_deref(), &baseline)));
        self.known_baseline = Some(baseline);
    }

    /// Ends the worker. What it was at comes back, and what the linter has then to say of it, where it will say no more.
    pub(super) fn end_worker(&mut self, why: &str) -> (Option<Busy>, Option<Checked>) {
        self.worker = None;
        (self.known, self.known_baseline) = (None, None);
        let busy = self.busy.take();
        let part = match &busy {
            Some(Busy::Linter { part, .. }) => *part,
            _ => Linting::Done,
        };
        let is_job = matches!(busy, Some(Busy::Job { .. }));
        // A fresh worker has nothing that the linter could look at.
        let was_unchecked = mem::take(&mut self.linting) != Linting::Done || part != Linting::Done;
        let said = was_unchecked.then(|| unfinished(self.half.take(), why));
        (busy, said.filter(|_| !is_job))
    }
}

/// What the linter said first, without what it had still to say; and why.
pub(super) fn unfinished(half: Option<Checked>, why: &str) -> Checked {
    let mut checked = half.unwrap_or_default();
    checked.awaited.clear();
    checked.unchecked.push(why.to_owned());
    checked
}
