//! What the worker knows of a rendering beyond its text: the linter, the reasons, the cluster, the reports. All of it is
//! code that the first output does not need, and so a Wasm of its own, which is fetched when the page first asks.

#[cfg(not(feature = "jinja"))]
mod apart;
#[cfg(feature = "jinja")]
mod whole;

#[cfg(not(feature = "jinja"))]
pub(super) use apart::{answer, fetch};
#[cfg(feature = "jinja")]
pub(super) use whole::{answer, fetch};

use super::message::{Answer, Order};
use super::serve::{Bench, micros};
use crate::report::{self, Format};
use crate::workspace::cluster::{ClusterQuestion, ClusterReply};
use crate::workspace::{Checked, Question, Reply, Study};

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
