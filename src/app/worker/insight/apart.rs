//! The code for questions and checks as a Wasm of its own, which `.ci/split.mjs` makes of what stands behind [`of_bench`].
#![allow(unsafe_code)] // What the attribute writes to load it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::app::worker::message::{Answer, Order};
use crate::app::worker::serve::Bench;

/// Whether the code is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    NotYet,
    Fetching,
    There,
}

thread_local! {
    static PRESENCE: Cell<Presence> = const { Cell::new(Presence::NotYet) };
}

/// Answers anything but a job. `None` where the code for it is still to be fetched.
pub(in super::super) async fn answer(order: Order, bench: Rc<RefCell<Bench>>) -> Option<Answer> {
    if PRESENCE.get() != Presence::There {
        return None;
    }
    of_bench(order, bench).await.ok()
}

/// Fetches the code, and says whether it is there now. `None` where somebody is at it already.
pub(in super::super) async fn fetch() -> Option<bool> {
    if PRESENCE.replace(Presence::Fetching) == Presence::Fetching {
        return None;
    }
    let is_there = fetch_of_bench().await.is_ok();
    PRESENCE.set(if is_there { Presence::There } else { Presence::NotYet });
    Some(is_there)
}

#[allow(clippy::unnecessary_wraps)] // The error is that it could not be fetched.
#[wasm_split(insight, fallible, preload(fetch_of_bench))]
fn of_bench(order: Order, bench: Rc<RefCell<Bench>>) -> Result<Answer, SplitLoaderError> {
    Ok(bench.borrow_mut().answer(order))
}
