//! The page's end of the worker: hands it one thing at a time, and watches it. The newest chart goes first, then questions
//! about what was rendered last, then the linter, so that nothing delays a rendering by more than itself; what takes long
//! and nobody waits for comes in a pause of the typing. What has not
//! answered in time is ended, and a fresh worker takes the next job.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::busy::{Busy, CRASHED, Insight, NO_JINJA, NO_WORKER, NOT_FETCHED, STOPPED, TOO_DEEP, UNCHECKED, Wanted};
use super::calm::Calm;
use super::errand;
use super::message::{Answer, Order, READY};
use super::program::Program;
use super::running::Running;
use crate::workspace::{Analysis, Checked, Experiment, Job, Problem, Question, Reply};

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
pub struct Engine(Rc<RefCell<Inner>>);

struct Inner {
    report: Callback<Report>,
    worker: Option<Running>,
    /// What the worker has.
    known: Option<Rc<Experiment>>,
    /// What it is at.
    busy: Option<Busy>,
    /// The newest experiment, where the worker has not got it yet.
    waiting: Option<(Rc<Experiment>, u32)>,
    pause: Option<Timeout>,
    is_paused: bool,
    /// Counts jobs and questions.
    orders: u32,
    /// The generation of the chart that was answered last.
    answered: Option<u32>,
    /// Whether the linter has still to look at it.
    is_unchecked: bool,
    /// Whether the worker can answer anything but jobs.
    insight: Insight,
    /// What is asked for and waits, and who asks.
    wanted: VecDeque<(Wanted, Callback<Option<Reply>>)>,
    /// The baseline, and what of it the worker has.
    baseline: Option<Rc<Experiment>>,
    known_baseline: Option<Rc<Experiment>>,
    calm: Calm,
}

impl Engine {
    /// An engine that tells `report` what it finds out. The worker starts at once.
    pub fn new(report: Callback<Report>) -> Self {
        let inner = Inner {
            report,
            worker: None,
            known: None,
            busy: None,
            waiting: None,
            pause: None,
            is_paused: false,
            orders: 0,
            answered: None,
            is_unchecked: false,
            insight: Insight::Likely,
            wanted: VecDeque::new(),
            baseline: None,
            known_baseline: None,
            calm: Calm::default(),
        };
        let engine = Self(Rc::new(RefCell::new(inner)));
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
            inner.wanted.push_back((wanted, to_both));
        }
        self.next();
    }

    /// Hands the worker what waits, if it is free.
    fn next(&self) {
        if self.needs_another_worker() {
            return self.change_worker();
        }
        self.answer_for_nobody();
        let mut inner = self.0.borrow_mut();
        let is_free = inner.busy.is_none() && inner.worker.as_ref().is_some_and(|running| running.is_ready);
        if !is_free {
            return;
        }
        if inner.waiting.is_some() && !inner.is_paused {
            self.send_job(&mut inner);
        } else if inner.insight == Insight::Awaited {
            // Questions wait, and the linter.
        } else if let Some((wanted, on_reply)) = inner.next_wanted() {
            self.send_question(&mut inner, wanted, on_reply);
        } else if inner.is_unchecked && inner.calm.allows() {
            inner.is_unchecked = false;
            inner.calm.begin();
            inner.hand_over_baseline();
            inner.post(&Order::Check);
            inner.busy = Some(Busy::Check { _watchdog: self.watchdog(2 * LONGEST) });
        }
    }

    /// Where there is no worker, nobody will ever answer what waits.
    fn answer_for_nobody(&self) {
        let wanted = {
            let mut inner = self.0.borrow_mut();
            if inner.worker.is_some() { VecDeque::new() } else { mem::take(&mut inner.wanted) }
        };
        for (_, on_reply) in wanted {
            on_reply.emit(None);
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

    fn send_question(&self, inner: &mut Inner, wanted: Wanted, on_reply: Callback<Option<Reply>>) {
        if wanted.can_wait() {
            inner.calm.begin();
        }
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

    fn watchdog(&self, patience: u32) -> Timeout {
        let watching = self.clone();
        Timeout::new(patience, move || watching.restart(STOPPED))
    }

    /// Whether what waits is not for the worker that is there.
    fn needs_another_worker(&self) -> bool {
        let inner = self.0.borrow();
        let Some((experiment, _)) = &inner.waiting else { return false };
        let needed = Program::needed_for(experiment);
        inner.worker.as_ref().is_some_and(|running| !running.program.covers(needed))
    }

    /// Starts the worker that has minijinja in it, in place of the one that is there.
    fn change_worker(&self) {
        let (report, busy) = {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            (inner.known, inner.known_baseline) = (None, None);
            (inner.report.clone(), inner.busy.take())
        };
        if let Some(Busy::Question { on_reply, .. }) = busy {
            on_reply.emit(None);
        }
        report.emit(Report::AtWork);
        self.launch(Program::Jinja);
    }

    /// The worker says something.
    fn hear(&self, message: &str) {
        if message == READY {
            if let Some(running) = self.0.borrow_mut().worker.as_mut() {
                running.is_ready = true;
            }
        } else {
            match serde_json::from_str(message) {
                Ok(Answer::Analysis(number, analysis)) => self.finish(number, *analysis),
                Ok(Answer::Checked(checked)) => self.hand_on(checked),
                Ok(Answer::Stale) => self.0.borrow_mut().render_again(),
                Ok(Answer::Learned) => self.0.borrow_mut().learn(),
                Ok(Answer::Reply(number, reply)) => self.pass_on(number, reply),
                Ok(Answer::NotYet) => self.0.borrow_mut().wait_for_insight(),
                Ok(Answer::Insight(is_there)) => self.go_on_with(is_there),
                Ok(Answer::Noted) | Err(_) => {}
            }
        }
        self.next();
    }

    fn finish(&self, number: u32, analysis: Analysis) {
        let generation = {
            let mut inner = self.0.borrow_mut();
            let Some(Busy::Job { generation, .. }) = inner.busy.take_if(|busy| busy.is_at(number)) else { return };
            inner.answered = Some(generation);
            inner.is_unchecked = !analysis.is_checked;
            generation
        };
        let report = self.0.borrow().report.clone();
        report.emit(Report::Done(analysis, generation));
    }

    fn hand_on(&self, checked: Checked) {
        let (report, generation) = {
            let mut inner = self.0.borrow_mut();
            inner.calm.end();
            inner.busy.take_if(|busy| matches!(busy, Busy::Check { .. }));
            (inner.report.clone(), inner.answered)
        };
        if let Some(generation) = generation {
            report.emit(Report::Checked(checked, generation));
        }
    }

    fn pass_on(&self, number: u32, reply: Option<Reply>) {
        let busy = {
            let mut inner = self.0.borrow_mut();
            inner.calm.end();
            inner.busy.take_if(|busy| busy.is_at(number))
        };
        if let Some(Busy::Question { on_reply, .. }) = busy {
            on_reply.emit(reply);
        }
    }

    /// The worker has the code for questions and checks, or it could not be fetched: then nobody waits for it any longer.
    fn go_on_with(&self, is_there: bool) {
        let (wanted, was_unchecked) = {
            let mut inner = self.0.borrow_mut();
            inner.insight = Insight::Likely;
            if is_there {
                (VecDeque::new(), false)
            } else {
                (mem::take(&mut inner.wanted), mem::take(&mut inner.is_unchecked))
            }
        };
        for (_, on_reply) in wanted {
            on_reply.emit(None);
        }
        if was_unchecked {
            self.hand_on(Checked { unchecked: vec![NOT_FETCHED.to_owned()], ..Checked::default() });
        }
    }

    /// Ends the worker and starts a fresh one. What it was at is answered as far as that is possible.
    fn restart(&self, why: &str) {
        let (busy, report, answered, was_unchecked) = {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            (inner.known, inner.known_baseline) = (None, None);
            // The fresh worker has nothing that the linter could look at.
            let was_unchecked = mem::take(&mut inner.is_unchecked) || matches!(inner.busy, Some(Busy::Check { .. }));
            let is_job = matches!(inner.busy, Some(Busy::Job { .. }));
            (inner.busy.take(), inner.report.clone(), inner.answered, was_unchecked && !is_job)
        };
        match busy {
            Some(Busy::Question { on_reply, .. }) => on_reply.emit(None),
            Some(Busy::Job { generation, .. }) => {
                report.emit(Report::Done(Analysis::failed(Problem::error(why)), generation));
            }
            Some(Busy::Check { .. }) | None => {}
        }
        if was_unchecked {
            let checked = Checked { unchecked: vec![UNCHECKED.to_owned()], ..Checked::default() };
            report.emit(Report::Checked(checked, answered.unwrap_or_default()));
        }
        self.launch(Program::Page);
    }

    fn launch(&self, program: Program) {
        let (hearing, failing) = (self.clone(), self.clone());
        let worker = Running::start(program, move |words| hearing.hear(&words), move |words| failing.fail(&words));
        if worker.is_none() {
            let (report, generation) = (self.0.borrow().report.clone(), 0);
            report.emit(Report::Done(Analysis::failed(Problem::error(NO_WORKER)), generation));
        }
        let mut inner = self.0.borrow_mut();
        (inner.worker, inner.insight) = (worker, Insight::Likely);
    }
}

impl Inner {
    /// What is to be asked next.
    fn next_wanted(&mut self) -> Option<(Wanted, Callback<Option<Reply>>)> {
        let is_calm = self.calm.allows();
        let at = self.wanted.iter().position(|(wanted, _)| is_calm || !wanted.can_wait())?;
        self.wanted.remove(at)
    }

    fn number(&mut self) -> u32 {
        self.orders += 1;
        self.orders
    }

    fn post(&self, order: &Order) {
        let running = self.worker.as_ref().filter(|running| running.is_ready);
        if let (Ok(message), Some(running)) = (serde_json::to_string(order), running) {
            running.post(&message);
        }
    }

    /// What was answered last would be answered otherwise now. Where a newer chart waits, its answer will be right.
    fn render_again(&mut self) {
        if self.waiting.is_none() {
            self.waiting = self.known.clone().zip(self.answered);
        }
    }

    /// What the worker is at is ordered again when it has the code for it.
    fn wait_for_insight(&mut self) {
        match self.busy.take() {
            Some(Busy::Question { wanted, on_reply, .. }) => self.wanted.push_front((wanted, on_reply)),
            Some(Busy::Check { .. }) => self.is_unchecked = true,
            busy => self.busy = busy,
        }
        self.insight = Insight::Awaited;
    }

    /// The linter would say more now.
    fn learn(&mut self) {
        self.is_unchecked |= self.answered.is_some();
    }

    /// Gives the worker the baseline, where it has another one.
    fn hand_over_baseline(&mut self) {
        let Some(baseline) = self.baseline.clone() else { return };
        if self.known_baseline.as_ref().is_some_and(|known| Rc::ptr_eq(known, &baseline)) {
            return;
        }
        self.post(&Order::Baseline(Job::new(0, self.known_baseline.as_deref(), &baseline)));
        self.known_baseline = Some(baseline);
    }
}

/// Bytes of the files that are not the same in both.
fn changed_bytes(known: &Experiment, next: &Experiment) -> usize {
    let is_news = |path, content: &crate::workspace::Content| known.file(path).is_none_or(|old| !old.is_same(content));
    next.files.iter().filter(|(path, content)| is_news(path, content)).map(|(_, content)| content.len()).sum()
}

impl Engine {
    /// An error in the worker. One that never got ready would fail again, for ever.
    fn fail(&self, message: &str) {
        let was_ready = self.0.borrow().worker.as_ref().is_some_and(|running| running.is_ready);
        if was_ready {
            // So browsers call it when the stack is used up: V8, and SpiderMonkey.
            let is_too_deep = ["call stack", "recursion"].iter().any(|words| message.contains(words));
            self.restart(if is_too_deep { TOO_DEEP } else { CRASHED });
            return;
        }
        let (program, waiting) = {
            let mut inner = self.0.borrow_mut();
            let program = inner.worker.take().map(|running| running.program).unwrap_or_default();
            (program, inner.waiting.take())
        };
        let (words, generation) = match program {
            Program::Page => (NO_WORKER, 0),
            Program::Jinja => (NO_JINJA, waiting.map_or(0, |(_, generation)| generation)),
        };
        let report = self.0.borrow().report.clone();
        report.emit(Report::Done(Analysis::failed(Problem::error(words)), generation));
        if program == Program::Jinja {
            self.launch(Program::Page);
        }
    }
}
