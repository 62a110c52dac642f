//! What the worker knows of a rendering beyond its text: the linter, the reasons, the cluster, the reports. All of it is
//! code that the first output does not need, and so a Wasm of its own, which is fetched when the page first asks.
#![allow(unsafe_code)] // What the attribute writes to load it.

use std::cell::RefCell;
use std::rc::Rc;

use super::message::{Answer, Order};
use super::serve::{Bench, micros};
use crate::report::{self, Format};
use crate::workspace::cluster::{ClusterQuestion, ClusterReply};
use crate::workspace::{Checked, Question, Reply};

/// Answers anything but a job. Where the code for it can't be fetched, the linter says so, and there is no other answer.
pub(super) async fn answer(order: Order, bench: Rc<RefCell<Bench>>) -> Answer {
    let (is_check, number) = match &order {
        Order::Question(number, _) | Order::Report(number, _) => (false, *number),
        _ => (true, 0),
    };
    match of_bench(order, bench).await {
        Ok(answer) => answer,
        Err(_) if is_check => {
            Answer::Checked(Checked { unchecked: vec![NOT_FETCHED.to_owned()], ..Checked::default() })
        }
        Err(_) => Answer::Reply(number, None),
    }
}

const NOT_FETCHED: &str =
    "The linter could not be fetched, so its findings are missing. It is tried again at the next change.";

/// The Wasm with the code behind it could not be fetched.
struct NotFetched;

impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg(not(feature = "jinja"))]
#[wasm_split_helpers::wasm_split(insight, fallible)]
fn of_bench(order: Order, bench: Rc<RefCell<Bench>>) -> Result<Answer, NotFetched> {
    Ok(bench.borrow_mut().answer(order))
}

/// The worker for charts with Jinja is fetched whole: few need it, and who does waits anyway.
#[cfg(feature = "jinja")]
async fn of_bench(order: Order, bench: Rc<RefCell<Bench>>) -> Result<Answer, NotFetched> {
    Ok(bench.borrow_mut().answer(order))
}

impl Bench {
    fn answer(&mut self, order: Order) -> Answer {
        match order {
            Order::Question(number, Question::Cluster(question)) => {
                Answer::Reply(number, Some(Reply::Cluster(self.play(*question))))
            }
            Order::Question(number, question) => {
                let before = self.before.as_ref();
                Answer::Reply(number, self.study.as_mut().and_then(|study| study.answer(&question, before)))
            }
            Order::Report(number, format) => Answer::Reply(number, self.report(&format).map(Reply::Report)),
            Order::Check | Order::Job(_) | Order::Baseline(_) => {
                let before = self.before.as_ref();
                let checked = self.study.as_mut().map(|study| study.check(&self.outside, before));
                Answer::Checked(checked.unwrap_or_default())
            }
        }
    }

    fn play(&mut self, question: ClusterQuestion) -> ClusterReply {
        let start = self.now();
        let mut reply = self.stage.answer(question, self.study.as_ref(), &self.outside);
        if let ClusterReply::Scene(scene) = &mut reply {
            scene.micros = micros(self.now() - start);
        }
        reply
    }

    fn report(&self, format: &str) -> Option<Result<String, String>> {
        let format = Format::named(format)?;
        let report = report::of_experiment(self.study.as_ref()?.experiment(), &self.outside);
        Some(report.map(|report| report.write(format)))
    }
}
