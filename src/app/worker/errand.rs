//! A report that comes from templates: the worker that has minijinja in it is fetched for it, renders the chart, writes the
//! report, and is gone. The page's own worker goes on meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::message::{Answer, Order, READY};
use super::program::Program;
use super::running::Running;
use crate::workspace::{Experiment, Job, Reply};

/// How long it may take, with what is fetched, in milliseconds. A chart may render without end.
const LONGEST: u32 = 30_000;

/// The number of its one question.
const NUMBER: u32 = 1;

/// What the worker still has to do.
struct Errand {
    worker: Option<Running>,
    experiment: Rc<Experiment>,
    baseline: Option<Rc<Experiment>>,
    /// The format's name.
    format: &'static str,
    on_reply: Option<Callback<Option<Reply>>>,
    watchdog: Option<Timeout>,
}

/// Has a report written about an experiment, in the format of that name; changes are told from the baseline.
pub(super) fn run(
    format: &'static str,
    experiment: Rc<Experiment>,
    baseline: Option<Rc<Experiment>>,
    on_reply: Callback<Option<Reply>>,
) {
    let errand = Errand { worker: None, experiment, baseline, format, on_reply: Some(on_reply), watchdog: None };
    let errand = Rc::new(RefCell::new(errand));
    let (hearing, failing, watching) = (Rc::clone(&errand), Rc::clone(&errand), Rc::clone(&errand));
    let watchdog = Timeout::new(LONGEST, move || end(&watching, Some(Reply::Report(Err(TOO_LONG.to_owned())))));
    errand.borrow_mut().watchdog = Some(watchdog);
    let worker = Running::start(
        Program::Jinja,
        move |words| hear(&hearing, &words),
        move |_| end(&failing, Some(Reply::Report(Err(NOT_WRITTEN.to_owned())))),
    );
    match worker {
        Some(worker) => errand.borrow_mut().worker = Some(worker),
        None => end(&errand, Some(Reply::Report(Err(NOT_WRITTEN.to_owned())))),
    }
}

const TOO_LONG: &str = "The report was not written within 30 seconds. Try again, or save it as text.";
const NOT_WRITTEN: &str =
    "What writes reports in this format could not be fetched. Try again when the network is back.";

fn hear(errand: &Rc<RefCell<Errand>>, message: &str) {
    if message == READY {
        return errand.borrow().begin();
    }
    match serde_json::from_str(message) {
        // After the first rendering it fetches the schemas, and says when it has: only then the linter knows all.
        Ok(Answer::Learned) => errand.borrow().ask(),
        Ok(Answer::Reply(NUMBER, reply)) => end(errand, reply),
        _ => {}
    }
}

/// Answers, and ends the worker: not from within its own message, whose listener would be gone while it runs.
fn end(errand: &Rc<RefCell<Errand>>, reply: Option<Reply>) {
    let on_reply = errand.borrow_mut().on_reply.take();
    let watchdog = errand.borrow_mut().watchdog.take();
    let ending = Rc::clone(errand);
    Timeout::new(0, move || drop((ending.borrow_mut().worker.take(), watchdog))).forget();
    if let Some(on_reply) = on_reply {
        on_reply.emit(reply);
    }
}

impl Errand {
    fn begin(&self) {
        if let Some(baseline) = &self.baseline {
            self.post(&Order::Baseline(Job::new(0, None, baseline)));
        }
        self.post(&Order::Job(Job::new(0, None, &self.experiment)));
    }

    fn ask(&self) {
        self.post(&Order::Report(NUMBER, self.format.to_owned()));
    }

    fn post(&self, order: &Order) {
        if let (Some(worker), Ok(order)) = (&self.worker, serde_json::to_string(order)) {
            worker.post(&order);
        }
    }
}
