//! The code for questions and checks in the worker for charts with Jinja: it is fetched with the rest. Few need this worker,
//! and who does waits anyway.

use std::cell::RefCell;
use std::rc::Rc;

use crate::app::worker::message::{Answer, Order};
use crate::app::worker::serve::Bench;

/// Answers anything but a job.
#[allow(clippy::unused_async)] // Where the code is apart, it waits.
pub(in super::super) async fn answer(order: Order, bench: Rc<RefCell<Bench>>) -> Option<Answer> {
    Some(bench.borrow_mut().answer(order))
}

/// It is there.
#[allow(clippy::unused_async)]
pub(in super::super) async fn fetch() -> Option<bool> {
    Some(true)
}
