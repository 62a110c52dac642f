//! The page's end of the worker: hands it jobs, one at a time and always the newest, and questions about what it
//! rendered last, and watches it. What has not answered in two seconds is ended, and a fresh worker takes the next job.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::message::{Answer, Order, READY};
use super::program::Program;
use crate::workspace::{Analysis, Experiment, Job, Problem, Question, Reply};

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
}

/// The engine as the page sees it.
#[derive(Clone)]
pub struct Engine(Rc<RefCell<Inner>>);

struct Inner {
    report: Callback<Report>,
    worker: Option<Running>,
    /// What the worker has.
    known: Option<Rc<Experiment>>,
    /// The job it is at.
    job: Option<Underway>,
    /// The newest experiment, where the worker has not got it yet.
    waiting: Option<(Rc<Experiment>, u32)>,
    pause: Option<Timeout>,
    jobs: u32,
    /// The generation of the chart that was answered last.
    answered: Option<u32>,
    /// Who waits for answers to questions, by their numbers.
    asking: BTreeMap<u32, Asking>,
    questions: u32,
    /// The baseline, and what of it the worker has.
    baseline: Option<Rc<Experiment>>,
    known_baseline: Option<Rc<Experiment>>,
}

struct Asking {
    on_reply: Callback<Option<Reply>>,
    _watchdog: Timeout,
}

/// A worker, and who listens to it.
struct Running {
    worker: Worker,
    program: Program,
    address: String,
    is_ready: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

struct Underway {
    number: u32,
    generation: u32,
    _notice: Timeout,
    _watchdog: Timeout,
}

impl Engine {
    /// An engine that tells `report` what it finds out. The worker starts at once.
    pub fn new(report: Callback<Report>) -> Self {
        let inner = Inner {
            report,
            worker: None,
            known: None,
            job: None,
            waiting: None,
            pause: None,
            jobs: 0,
            answered: None,
            asking: BTreeMap::new(),
            questions: 0,
            baseline: None,
            known_baseline: None,
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
            inner.pause = None;
            is_large
        };
        if is_large {
            let engine = self.clone();
            self.0.borrow_mut().pause = Some(Timeout::new(PAUSE, move || engine.next()));
        } else {
            self.next();
        }
    }

    /// Changes are told from this experiment.
    pub fn set_baseline(&self, baseline: Rc<Experiment>) {
        self.0.borrow_mut().baseline = Some(baseline);
    }

    /// Asks about what was rendered last. `None` comes back where there is nothing to say, or nobody to say it.
    pub fn ask(&self, question: Question, on_reply: Callback<Option<Reply>>) {
        if question == Question::Changes {
            self.0.borrow_mut().hand_over_baseline();
        }
        self.order(|number| Order::Question(number, question), on_reply);
    }

    /// Asks for a report in the format of that name about what was rendered last.
    pub fn ask_report(&self, format: &str, on_reply: Callback<Option<Reply>>) {
        self.order(|number| Order::Report(number, format.to_owned()), on_reply);
    }

    /// Orders something that has a reply.
    fn order(&self, order: impl FnOnce(u32) -> Order, on_reply: Callback<Option<Reply>>) {
        let mut inner = self.0.borrow_mut();
        inner.questions += 1;
        let number = inner.questions;
        let message = serde_json::to_string(&order(number)).ok();
        let running = inner.worker.as_ref().filter(|running| running.is_ready);
        let (Some(message), Some(running)) = (message, running) else {
            drop(inner);
            return on_reply.emit(None);
        };
        // A string can always be posted.
        let _ = running.worker.post_message(&message.into());
        let watching = self.clone();
        // The question waits for the job before it.
        let watchdog = Timeout::new(2 * LONGEST, move || watching.restart(STOPPED));
        inner.asking.insert(number, Asking { on_reply, _watchdog: watchdog });
    }

    /// Hands the worker what waits, if it is free.
    fn next(&self) {
        if self.needs_another_worker() {
            return self.change_worker();
        }
        let mut inner = self.0.borrow_mut();
        let is_free = inner.job.is_none() && inner.worker.as_ref().is_some_and(|running| running.is_ready);
        if !is_free {
            return;
        }
        let Some((experiment, generation)) = inner.waiting.take() else { return };
        inner.jobs += 1;
        let number = inner.jobs;
        let job = Job::new(number, inner.known.as_deref(), &experiment);
        let Ok(message) = serde_json::to_string(&Order::Job(job)) else { return };
        if let Some(running) = &inner.worker {
            // A string can always be posted.
            let _ = running.worker.post_message(&message.into());
        }
        inner.known = Some(experiment);
        let (report, watching) = (inner.report.clone(), self.clone());
        let notice = Timeout::new(NOTICEABLE, move || report.emit(Report::AtWork));
        let watchdog = Timeout::new(LONGEST, move || watching.restart(STOPPED));
        inner.job = Some(Underway { number, generation, _notice: notice, _watchdog: watchdog });
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
        let (report, asking) = {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            inner.job = None;
            (inner.known, inner.known_baseline) = (None, None);
            (inner.report.clone(), mem::take(&mut inner.asking))
        };
        for asking in asking.into_values() {
            asking.on_reply.emit(None);
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
                Ok(Answer::Again(analysis)) => self.renew(*analysis),
                Ok(Answer::Reply(number, reply)) => self.pass_on(number, reply),
                Ok(Answer::Noted) | Err(_) => {}
            }
        }
        self.next();
    }

    fn finish(&self, number: u32, analysis: Analysis) {
        let job = {
            let mut inner = self.0.borrow_mut();
            if inner.job.as_ref().is_some_and(|job| job.number == number) { inner.job.take() } else { None }
        };
        if let Some(job) = job {
            self.0.borrow_mut().answered = Some(job.generation);
            let report = self.0.borrow().report.clone();
            report.emit(Report::Done(analysis, job.generation));
        }
    }

    /// The worker has more to say of what it answered last. Where a newer chart is under way, its answer will say it.
    fn renew(&self, analysis: Analysis) {
        let (report, generation) = {
            let inner = self.0.borrow();
            let is_idle = inner.job.is_none() && inner.waiting.is_none();
            (inner.report.clone(), inner.answered.filter(|_| is_idle))
        };
        if let Some(generation) = generation {
            report.emit(Report::Done(analysis, generation));
        }
    }

    fn pass_on(&self, number: u32, reply: Option<Reply>) {
        let asking = self.0.borrow_mut().asking.remove(&number);
        if let Some(asking) = asking {
            asking.on_reply.emit(reply);
        }
    }

    /// Ends the worker and starts a fresh one. The job it was at is answered with an error, questions with nothing.
    fn restart(&self, why: &str) {
        let (job, asking) = {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            (inner.known, inner.known_baseline) = (None, None);
            (inner.job.take(), mem::take(&mut inner.asking))
        };
        for asking in asking.into_values() {
            asking.on_reply.emit(None);
        }
        if let Some(job) = job {
            let report = self.0.borrow().report.clone();
            report.emit(Report::Done(Analysis::failed(Problem::error(why)), job.generation));
        }
        self.launch(Program::Page);
    }

    fn launch(&self, program: Program) {
        let worker = start(self, program);
        if worker.is_none() {
            let (report, generation) = (self.0.borrow().report.clone(), 0);
            report.emit(Report::Done(Analysis::failed(Problem::error(NO_WORKER)), generation));
        }
        self.0.borrow_mut().worker = worker;
    }
}

const STOPPED: &str = "Stopped after 2 seconds: a template loops too long or calls itself without end. Shorten the loop, or take back the last change.";
const TOO_DEEP: &str =
    "A template calls itself, or one that calls it back, without end. Break the circle, or take back the last change.";
const CRASHED: &str =
    "The engine stopped unexpectedly at this chart, and was started afresh. Please take back the last change.";
const NO_JINJA: &str = "What renders templates of the Jinja dialect could not be fetched. Try again when the network is back, or take the files ending in .j2 out of the chart.";
const NO_WORKER: &str = "The engine can't start, because this browser refuses to run it beside the page.";

impl Inner {
    /// Gives the worker the baseline, where it has another one.
    fn hand_over_baseline(&mut self) {
        let Some(baseline) = self.baseline.clone() else { return };
        if self.known_baseline.as_ref().is_some_and(|known| Rc::ptr_eq(known, &baseline)) {
            return;
        }
        let job = Job::new(0, self.known_baseline.as_deref(), &baseline);
        let message = serde_json::to_string(&Order::Baseline(job)).ok();
        let running = self.worker.as_ref().filter(|running| running.is_ready);
        if let (Some(message), Some(running)) = (message, running) {
            // A string can always be posted.
            let _ = running.worker.post_message(&message.into());
            self.known_baseline = Some(baseline);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
        // An address that is gone needs no revoking.
        let _ = Url::revoke_object_url(&self.address);
    }
}

/// Bytes of the files that are not the same in both.
fn changed_bytes(known: &Experiment, next: &Experiment) -> usize {
    let is_news = |path, content: &crate::workspace::Content| known.file(path).is_none_or(|old| !old.is_same(content));
    next.files.iter().filter(|(path, content)| is_news(path, content)).map(|(_, content)| content.len()).sum()
}

/// The worker's own two lines: it loads the glue, and starts it with the module that the page has compiled, or fetches one.
const SCRIPT: &str = "onmessage = async ({ data }) => { onmessage = null; const { default: init } = await import(data.glue); \
    await init({ module_or_path: data.module }); };";

fn start(engine: &Engine, program: Program) -> Option<Running> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&SCRIPT.into()), &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address, &options).ok()?;
    let (hearing, failing) = (engine.clone(), engine.clone());
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        hearing.hear(&event.data().as_string().unwrap_or_default());
    });
    let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| failing.fail(&error.message()));
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    worker.post_message(program.orders()?.as_ref()).ok()?;
    Some(Running { worker, program, address, is_ready: false, _on_message: on_message, _on_error: on_error })
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
