//! The worker's end: takes a job, renders, answers.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{Answer, Order, READY};
use super::{insight, schemas, zones};
use crate::workspace::cluster::Stage;
use crate::workspace::{Desk, Job, Memory, Outside, SchemaSupply, Study};

/// The worker's scope, where this is a worker.
pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// What the worker has: the files, and the rendering it made last.
pub(super) struct Bench {
    desk: Desk,
    /// What was rendered last.
    pub(super) study: Option<Study>,
    /// What it left for the next rendering.
    memory: Memory,
    /// The simulated cluster.
    pub(super) stage: Stage,
    baseline: Desk,
    /// The baseline, rendered.
    pub(super) before: Option<Study>,
    /// What the rendering knows of the world around it.
    pub(super) outside: Outside,
    clock: Option<web_sys::Performance>,
    fetching: Fetching,
}

/// Whether the schemas were asked for. They come after the first answer, so that nothing waits for them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetching {
    NotYet,
    Begun,
}

/// Serves orders until the page ends the worker.
pub fn serve(scope: &DedicatedWorkerGlobalScope) {
    let outside = Outside { now: nanoseconds(js_sys::Date::now()), seed: SEED, schemas: SchemaSupply::Awaited };
    let bench = Bench {
        desk: Desk::default(),
        study: None,
        memory: Memory::default(),
        baseline: Desk::default(),
        before: None,
        stage: Stage::default(),
        outside,
        clock: scope.performance(),
        fetching: Fetching::NotYet,
    };
    let bench = Rc::new(RefCell::new(bench));
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let order = event.data().as_string().and_then(|order| serde_json::from_str(&order).ok());
        let Some(order) = order else { return };
        take(order, &bench, answering.clone());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its one listener.
    on_message.forget();
    post(scope, READY);
}

/// Does what was ordered, and answers.
fn take(order: Order, bench: &Rc<RefCell<Bench>>, scope: DedicatedWorkerGlobalScope) {
    let answer = match order {
        Order::Job(job) => bench.borrow_mut().render(job),
        Order::Baseline(job) => bench.borrow_mut().render_baseline(job),
        Order::Check | Order::Further | Order::Question(..) | Order::Report(..) => {
            if insight::is_there() {
                bench.borrow_mut().answer(order)
            } else {
                fetch_insight(scope.clone());
                Answer::NotYet
            }
        }
    };
    say(&scope, &answer);
    if bench.borrow_mut().begins_fetching() {
        fetch_schemas(Rc::clone(bench), scope.clone());
    }
    if zones::are_wanted() {
        fetch_zones(scope);
    }
}

/// Fetches the code for what is not a job, and says when it is there. Renderings go on meanwhile.
fn fetch_insight(scope: DedicatedWorkerGlobalScope) {
    spawn_local(async move {
        if let Some(is_there) = insight::fetch().await {
            say(&scope, &Answer::Insight(is_there));
        }
    });
}

/// Fetches the schemas, and says when they are there.
fn fetch_schemas(bench: Rc<RefCell<Bench>>, scope: DedicatedWorkerGlobalScope) {
    spawn_local(async move {
        let schemas = SchemaSupply::of(schemas::fetched().await.as_deref());
        bench.borrow_mut().outside.schemas = schemas;
        say(&scope, &Answer::Learned);
    });
}

/// Fetches the zones that a template asked for, and says when they are there.
fn fetch_zones(scope: DedicatedWorkerGlobalScope) {
    spawn_local(async move {
        zones::fetch().await;
        say(&scope, &Answer::Stale);
    });
}

impl Bench {
    fn render(&mut self, job: Job) -> Answer {
        let number = job.number;
        // What was kept goes first, so that there is never twice as much.
        self.study = None;
        let start = self.now();
        let (study, mut analysis) = Study::again(self.desk.take(job), &self.outside, &mut self.memory);
        analysis.micros = micros(self.now() - start);
        self.study = Some(study);
        Answer::Analysis(number, Box::new(analysis))
    }

    fn render_baseline(&mut self, job: Job) -> Answer {
        let (before, _) = Study::of(self.baseline.take(job), &self.outside);
        self.before = Some(before);
        Answer::Noted
    }

    /// Whether this is the moment to fetch the schemas: something is on the page.
    fn begins_fetching(&mut self) -> bool {
        let begins = self.fetching == Fetching::NotYet && self.study.is_some();
        if begins {
            self.fetching = Fetching::Begun;
        }
        begins
    }

    /// Milliseconds on the worker's clock.
    pub(super) fn now(&self) -> f64 {
        self.clock.as_ref().map_or(0.0, web_sys::Performance::now)
    }
}

/// Whatever is random is the same at each keystroke, and on each page that opens the same link.
const SEED: u64 = 1;

#[allow(clippy::cast_possible_truncation)]
fn nanoseconds(milliseconds: f64) -> i128 {
    i128::from(milliseconds as i64) * 1_000_000
}

/// A number of milliseconds as one of microseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn micros(milliseconds: f64) -> u64 {
    (milliseconds * 1000.0).max(0.0) as u64
}

fn say(scope: &DedicatedWorkerGlobalScope, answer: &Answer) {
    if let Ok(answer) = serde_json::to_string(answer) {
        post(scope, &answer);
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &str) {
    // A string can always be posted.
    let _ = scope.post_message(&message.into());
}
