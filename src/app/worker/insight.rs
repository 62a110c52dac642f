//! What the worker knows of a rendering beyond its text: the linter, the reasons, the cluster, the reports. The first output
//! needs none of it, so its code is fetched when the page first asks.

use std::cell::Cell;

use super::message::{Answer, Order};
use super::serve::{Bench, micros};
use crate::app::dom::later;
use crate::report::{self, Format};
use crate::workspace::cluster::{ClusterQuestion, ClusterReply};
use crate::workspace::{Checked, Question, Reply, Study};

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

/// Whether [`Bench::answer`] has its code.
pub(super) fn is_there() -> bool {
    PRESENCE.get() == Presence::There || !later::is_apart()
}

/// Fetches the code, and says whether it is there now. `None` where somebody is at it already.
pub(super) async fn fetch() -> Option<bool> {
    if PRESENCE.replace(Presence::Fetching) == Presence::Fetching {
        return None;
    }
    let is_there = later::fetch().await;
    PRESENCE.set(if is_there { Presence::There } else { Presence::NotYet });
    Some(is_there)
}

impl Bench {
    /// Answers anything but a job.
    pub(super) fn answer(&mut self, order: Order) -> Answer {
        match order {
            Order::Question(number, Question::Cluster(question)) => {
                Answer::Reply(number, Some(Reply::Cluster(self.play(*question))))
            }
            Order::Question(number, question) => {
                let before = self.before.as_ref();
                Answer::Reply(number, self.study.as_mut().and_then(|study| study.answer(&question, before)))
            }
            Order::Report(number, format) => Answer::Reply(number, self.report(&format).map(Reply::Report)),
            Order::Further => Answer::Further(self.study.as_mut().is_some_and(Study::find_out)),
            Order::Check | Order::Job(_) | Order::Baseline(_) => Answer::Checked(self.check()),
        }
    }

    fn check(&mut self) -> Checked {
        let start = self.now();
        let before = self.before.as_ref();
        let found = self.study.as_mut().and_then(|study| study.look(&self.outside, before));
        let micros = micros(self.now() - start);
        let told = self.study.as_ref().map(|study| study.tell(found));
        Checked { micros, ..told.unwrap_or_default() }
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
