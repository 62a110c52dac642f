//! The worker's end: takes a job, renders, answers.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{Answer, Order, READY};
use crate::workspace::{Desk, Job, Outside, Study};

/// The worker's scope, where this is a worker.
pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// What the worker has: the files, and the rendering it made last.
struct Bench {
    desk: Desk,
    study: Option<Study>,
    baseline: Desk,
    /// The baseline, rendered.
    before: Option<Study>,
    outside: Outside,
    clock: Option<web_sys::Performance>,
}

/// Serves orders until the page ends the worker.
pub fn serve(scope: &DedicatedWorkerGlobalScope) {
    let outside = Outside { now: nanoseconds(js_sys::Date::now()), seed: SEED };
    let mut bench = Bench {
        desk: Desk::default(),
        study: None,
        baseline: Desk::default(),
        before: None,
        outside,
        clock: scope.performance(),
    };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let order = event.data().as_string().and_then(|order| serde_json::from_str(&order).ok());
        let answer = order.map(|order| bench.answer(order));
        if let Some(answer) = answer.and_then(|answer| serde_json::to_string(&answer).ok()) {
            post(&answering, &answer);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its one listener.
    on_message.forget();
    post(scope, READY);
}

impl Bench {
    fn answer(&mut self, order: Order) -> Answer {
        match order {
            Order::Job(job) => self.render(job),
            Order::Baseline(job) => {
                let (before, _) = Study::of(self.baseline.take(job), self.outside);
                self.before = Some(before);
                Answer::Noted
            }
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
        let experiment = self.desk.take(job);
        let start = self.now();
        let (study, mut analysis) = Study::of(experiment, self.outside);
        analysis.micros = micros(self.now() - start);
        self.study = Some(study);
        Answer::Analysis(number, Box::new(analysis))
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

fn post(scope: &DedicatedWorkerGlobalScope, message: &str) {
    // A string can always be posted.
    let _ = scope.post_message(&message.into());
}
