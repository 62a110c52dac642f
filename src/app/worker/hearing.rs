//! What the worker says, and what follows from it.

use std::mem;

use wasm_bindgen_futures::spawn_local;

use super::busy::{Busy, Insight, Linting, NOT_FETCHED};
use super::engine::{Engine, Report};
use super::inner::unfinished;
use super::message::{Answer, READY};
use crate::app::dom::later;
use crate::workspace::{Analysis, Checked, Reply};

impl Engine {
    /// The worker says something.
    pub(super) fn hear(&self, message: &str) {
        if message == READY {
            if let Some(running) = self.0.borrow_mut().worker.as_mut() {
                running.is_ready = true;
            }
        } else {
            match serde_json::from_str(message) {
                Ok(Answer::Analysis(number, analysis)) => self.finish(number, *analysis),
                Ok(Answer::Checked(checked)) => self.hand_on(checked),
                Ok(Answer::Further(is_more)) => {
                    self.0.borrow_mut().go_on_linting(if is_more { Linting::Further } else { Linting::Rules });
                }
                Ok(Answer::Stale) => self.0.borrow_mut().render_again(),
                Ok(Answer::Learned) => self.0.borrow_mut().learn(),
                Ok(Answer::Reply(number, reply)) => self.pass_on(number, reply),
                Ok(Answer::NotYet) => self.0.borrow_mut().wait_for_insight(),
                Ok(Answer::Insight(is_there)) => self.go_on_with(is_there),
                Ok(Answer::Noted) | Err(_) => {}
            }
        }
        self.next();
    }

    fn finish(&self, number: u32, analysis: Analysis) {
        let generation = {
            let mut inner = self.0.borrow_mut();
            let Some(Busy::Job { generation, .. }) = inner.busy.take_if(|busy| busy.is_at(number)) else { return };
            inner.answered = Some(generation);
            inner.linting = if analysis.is_checked { Linting::Done } else { Linting::Rules };
            inner.half = None;
            generation
        };
        // Whoever needs it while it can't be had tries again.
        spawn_local(async { _ = later::fetch().await });
        let report = self.0.borrow().report.clone();
        report.emit(Report::Done(analysis, generation));
    }

    fn hand_on(&self, checked: Checked) {
        let (report, generation) = {
            let mut inner = self.0.borrow_mut();
            let is_half = !checked.awaited.is_empty();
            inner.go_on_linting(if is_half { Linting::Further } else { Linting::Done });
            inner.half = is_half.then(|| checked.clone());
            (inner.report.clone(), inner.answered)
        };
        if let Some(generation) = generation {
            report.emit(Report::Checked(checked, generation));
        }
    }

    fn pass_on(&self, number: u32, reply: Option<Reply>) {
        let busy = {
            let mut inner = self.0.borrow_mut();
            inner.calm.end();
            inner.busy.take_if(|busy| busy.is_at(number))
        };
        if let Some(Busy::Question { on_reply, .. }) = busy {
            on_reply.emit(reply);
        }
    }

    /// The worker has the code for questions and checks, or it could not be fetched: then nobody waits for it any longer.
    fn go_on_with(&self, is_there: bool) {
        let (wanted, said) = {
            let mut inner = self.0.borrow_mut();
            inner.insight = Insight::Likely;
            if is_there {
                (Vec::new(), None)
            } else {
                let was_unchecked = mem::take(&mut inner.linting) != Linting::Done;
                let said = was_unchecked.then(|| unfinished(inner.half.take(), NOT_FETCHED));
                (mem::take(&mut inner.wanted), said)
            }
        };
        for (_, on_reply) in wanted {
            on_reply.emit(None);
        }
        if let Some(said) = said {
            self.hand_on(said);
        }
    }
}
