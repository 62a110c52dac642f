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
use crate::workspace::{Question, Reply};

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
