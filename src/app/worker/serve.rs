//! The worker's end: takes a job, renders, answers.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{Answer, READY};
use crate::workspace::{Desk, Outside, analyze};

/// The worker's scope, where this is a worker.
pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Serves jobs until the page ends the worker.
pub fn serve(scope: &DedicatedWorkerGlobalScope) {
    let mut desk = Desk::default();
    let outside = Outside { now: nanoseconds(js_sys::Date::now()), seed: SEED };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(answer) = event.data().as_string().and_then(|job| answer(&mut desk, outside, &answering, &job)) {
            post(&answering, &answer);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its one listener.
    on_message.forget();
    post(scope, READY);
}

fn answer(desk: &mut Desk, outside: Outside, scope: &DedicatedWorkerGlobalScope, job: &str) -> Option<String> {
    let job: crate::workspace::Job = serde_json::from_str(job).ok()?;
    let number = job.number;
    let clock = scope.performance();
    let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
    let experiment = desk.take(job);
    let start = now();
    let mut analysis = analyze(&experiment, outside);
    analysis.micros = micros(now() - start);
    serde_json::to_string(&Answer { number, analysis }).ok()
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
