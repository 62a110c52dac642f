//! The worker's end: takes a job, renders, answers.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{Answer, Order, READY};
use super::{schemas, zones};
use crate::report::{self, Format};
use crate::workspace::cluster::{ClusterReply, Stage};
use crate::workspace::{Desk, Job, Outside, Question, Reply, SchemaSupply, Study};

/// The worker's scope, where this is a worker.
pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// What the worker has: the files, and the rendering it made last.
struct Bench {
    desk: Desk,
    study: Option<Study>,
    /// The simulated cluster.
    stage: Stage,
    baseline: Desk,
    /// The baseline, rendered.
    before: Option<Study>,
    outside: Outside,
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
        let answer = bench.borrow_mut().answer(order);
        say(&answering, &answer);
        if bench.borrow_mut().begins_fetching() {
            fetch_schemas(Rc::clone(&bench), answering.clone());
        }
        if zones::are_wanted() {
            fetch_zones(answering.clone());
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its one listener.
    on_message.forget();
    post(scope, READY);
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
    fn answer(&mut self, order: Order) -> Answer {
        match order {
            Order::Job(job) => self.render(job),
            Order::Check => {
                let before = self.before.as_ref();
                let checked = self.study.as_mut().map(|study| study.check(&self.outside, before));
                Answer::Checked(checked.unwrap_or_default())
            }
            Order::Question(number, Question::Cluster(question)) => {
                let start = self.now();
                let mut reply = self.stage.answer(*question, self.study.as_ref(), &self.outside);
                if let ClusterReply::Scene(scene) = &mut reply {
                    scene.micros = micros(self.now() - start);
                }
                Answer::Reply(number, Some(Reply::Cluster(reply)))
            }
            Order::Baseline(job) => {
                let (before, _) = Study::of(self.baseline.take(job), &self.outside);
                self.before = Some(before);
                Answer::Noted
            }
            Order::Report(number, format) => Answer::Reply(number, self.report(&format).map(Reply::Report)),
            Order::Question(number, question) => {
                let before = self.before.as_ref();
                Answer::Reply(number, self.study.as_mut().and_then(|study| study.answer(&question, before)))
            }
        }
    }

    fn render(&mut self, job: Job) -> Answer {
        let number = job.number;
        // What was kept goes first, so that there is never twice as much.
        self.study = None;
        let start = self.now();
        let (study, mut analysis) = Study::of(self.desk.take(job), &self.outside);
        analysis.micros = micros(self.now() - start);
        self.study = Some(study);
        Answer::Analysis(number, Box::new(analysis))
    }

    fn report(&self, format: &str) -> Option<Result<String, String>> {
        let format = Format::named(format)?;
        let report = report::of_experiment(self.study.as_ref()?.experiment(), &self.outside);
        Some(report.map(|report| report.write(format)))
    }

    /// Whether this is the moment to fetch the schemas: something is on the page.
    fn begins_fetching(&mut self) -> bool {
        let begins = self.fetching == Fetching::NotYet && self.study.is_some();
        if begins {
            self.fetching = Fetching::Begun;
        }
        begins
    }

    fn now(&self) -> f64 {
        self.clock.as_ref().map_or(0.0, web_sys::Performance::now)
    }
}

/// Whatever is random is the same at each keystroke, and on each page that opens the same link.
const SEED: u64 = 1;

#[allow(clippy::cast_possible_truncation)]
fn nanoseconds(milliseconds: f64) -> i128 {
    i128::from(milliseconds as i64) * 1_000_000
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn micros(milliseconds: f64) -> u64 {
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
