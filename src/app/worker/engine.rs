//! The page's end of the worker: hands it one thing at a time, and watches it. The newest chart goes first, then questions
//! about what was rendered last, then the linter's rules, then what nobody waits for, so that nothing delays a rendering by
//! more than itself; what takes long comes in a pause of the typing. What has not answered in time is ended, and a fresh
//! worker takes the next job.

use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::busy::{Busy, Insight, Linting, Wanted};
use super::calm::Aside;
use super::errand;
use super::inner::{Asked, Inner};
use super::message::Order;
use super::program::Program;
use crate::workspace::{Analysis, Checked, Experiment, Job, Question, Reply};

/// How long a rendering may take, in milliseconds.
const LONGEST: u32 = 2_000;

/// After this long without an answer the page says that it is at work.
const NOTICEABLE: u32 = 150;

/// Files that changed by more bytes than this wait for a pause in the typing.
const LARGE: usize = 256 << 10;

/// How long such a pause is, in milliseconds.
const PAUSE: u32 = 250;

/// What the page hears.
#[derive(Clone, Debug)]
pub enum Report {
    /// It takes noticeably long.
    AtWork,
    /// It is done: the analysis, and the generation of the chart it is about.
    Done(Analysis, u32),
    /// The linter has looked at it, too.
    Checked(Checked, u32),
}

/// The engine as the page sees it.
#[derive(Clone)]
pub struct Engine(pub(super) Rc<RefCell<Inner>>);

impl Engine {
    /// An engine that tells `report` what it finds out. The worker starts at once.
    pub fn new(report: Callback<Report>) -> Self {
        let engine = Self(Rc::new(RefCell::new(Inner::new(report))));
        engine.launch(Program::Page);
        engine
    }

    /// Asks for an analysis. Whatever still waits is forgotten: only the newest counts.
    pub fn submit(&self, experiment: Rc<Experiment>, generation: u32) {
        let is_large = {
            let mut inner = self.0.borrow_mut();
            let is_large = inner.known.as_ref().is_some_and(|known| changed_bytes(known, &experiment) > LARGE);
            inner.waiting = Some((experiment, generation));
            (inner.pause, inner.is_paused) = (None, is_large);
            if inner.known.is_some() {
                let engine = self.clone();
                inner.calm.disturb(move || engine.rest());
            }
            is_large
        };
        if is_large {
            let engine = self.clone();
            self.0.borrow_mut().pause = Some(Timeout::new(PAUSE, move || engine.go_on()));
        } else {
            self.next();
        }
    }

    /// The pause is over.
    fn go_on(&self) {
        self.0.borrow_mut().is_paused = false;
        self.next();
    }

    /// Nobody has typed for a while.
    fn rest(&self) {
        self.0.borrow_mut().calm.rest();
        self.next();
    }

    /// Changes are told from this experiment, by the linter, too.
    pub fn set_baseline(&self, baseline: Rc<Experiment>) {
        {
            let mut inner = self.0.borrow_mut();
            let is_same = |known: &Option<Rc<Experiment>>| known.as_ref().is_some_and(|it| Rc::ptr_eq(it, &baseline));
            let was_known = if inner.baseline.is_some() { &inner.baseline } else { &inner.known };
            if !is_same(was_known) {
                inner.learn();
            }
            inner.baseline = Some(baseline);
        }
        self.next();
    }

    /// Asks about what was rendered last. `None` comes back where there is nothing to say, or nobody to say it.
    pub fn ask(&self, question: Question, on_reply: Callback<Option<Reply>>) {
        self.want(Wanted::Answer(question), on_reply);
    }

    /// Asks for a report in the format of that name about what was rendered last.
    pub fn ask_report(&self, format: &str, on_reply: Callback<Option<Reply>>) {
        self.want(Wanted::Report(format.to_owned()), on_reply);
    }

    /// The same in a format that comes from templates, which another worker fills.
    pub fn ask_templates(&self, format: &'static str, on_reply: Callback<Option<Reply>>) {
        let (known, baseline) = {
            let inner = self.0.borrow();
            (inner.known.clone(), inner.baseline.clone())
        };
        match known {
            Some(experiment) => errand::run(format, experiment, baseline, on_reply),
            None => on_reply.emit(None),
        }
    }

    fn want(&self, wanted: Wanted, on_reply: Callback<Option<Reply>>) {
        {
            let mut inner = self.0.borrow_mut();
            // What is asked twice is answered once, to both: one may point at a word, the other have chosen it.
            let is_same = |(waiting, _): &&(Wanted, Callback<Option<Reply>>)| *waiting == wanted;
            let earlier = inner.wanted.iter().find(is_same).map(|(_, earlier)| earlier.clone());
            inner.wanted.retain(|(waiting, _)| *waiting != wanted);
            let to_both = Callback::from(move |reply: Option<Reply>| {
                if let Some(earlier) = &earlier {
                    earlier.emit(reply.clone());
                }
                on_reply.emit(reply);
            });
            inner.wanted.push((wanted, to_both));
        }
        self.next();
    }

    /// Hands the worker what waits, if it is free.
    pub(super) fn next(&self) {
        if self.needs_another_worker() {
            return self.change_worker();
        }
        self.answer_for_nobody();
        let mut inner = self.0.borrow_mut();
        if !inner.is_free() {
            return;
        }
        if inner.waiting.is_some() && !inner.is_paused {
            self.send_job(&mut inner);
        } else if inner.insight == Insight::Awaited {
            // Questions wait, and the linter.
        } else if let Some(asked) = inner.next_urgent() {
            self.send_question(&mut inner, asked);
        } else if inner.next_linting(Linting::Rules, Aside::Rules) {
            inner.hand_over_baseline();
            self.send_linting(&mut inner, Aside::Rules, &Order::Check);
        } else if let Some(asked) = inner.next_idle() {
            inner.calm.begin(Aside::Questions);
            self.send_question(&mut inner, asked);
        } else if inner.next_linting(Linting::Further, Aside::Further) {
            self.send_linting(&mut inner, Aside::Further, &Order::Further);
        }
    }

    fn send_job(&self, inner: &mut Inner) {
        let Some((experiment, generation)) = inner.waiting.take() else { return };
        let number = inner.number();
        inner.post(&Order::Job(Job::new(number, inner.known.as_deref(), &experiment)));
        inner.known = Some(experiment);
        let report = inner.report.clone();
        let notice = Timeout::new(NOTICEABLE, move || report.emit(Report::AtWork));
        inner.busy = Some(Busy::Job { number, generation, _notice: notice, _watchdog: self.watchdog(LONGEST) });
    }

    fn send_question(&self, inner: &mut Inner, (wanted, on_reply): Asked) {
        if matches!(wanted, Wanted::Answer(Question::Changes | Question::TextChanges)) {
            inner.hand_over_baseline();
        }
        let number = inner.number();
        inner.post(&match wanted.clone() {
            Wanted::Answer(question) => Order::Question(number, question),
            Wanted::Report(format) => Order::Report(number, format),
        });
        inner.busy = Some(Busy::Question { number, wanted, on_reply, _watchdog: self.watchdog(2 * LONGEST) });
    }

    fn send_linting(&self, inner: &mut Inner, aside: Aside, order: &Order) {
        let part = mem::take(&mut inner.linting);
        inner.calm.begin(aside);
        inner.post(order);
        inner.busy = Some(Busy::Linter { part, _watchdog: self.watchdog(2 * LONGEST) });
    }

    fn watchdog(&self, patience: u32) -> Timeout {
        let watching = self.clone();
        Timeout::new(patience, move || watching.stop())
    }
}

/// Bytes of the files that are not the same in both.
fn changed_bytes(known: &Experiment, next: &Experiment) -> usize {
    let is_news = |path, content: &crate::workspace::Content| known.file(path).is_none_or(|old| !old.is_same(content));
    next.files.iter().filter(|(path, content)| is_news(path, content)).map(|(_, content)| content.len()).sum()
}
