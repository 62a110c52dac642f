//! What happens when the worker is not there, is not the right one, or fails.

use std::mem;

use super::busy::{self, Busy, Insight, Linting, NO_JINJA, NO_WORKER, STOPPED, UNCHECKED, UNFINISHED};
use super::engine::{Engine, Report};
use super::program::Program;
use super::running::Running;
use crate::workspace::{Analysis, Problem};

impl Engine {
    /// Where there is no worker, nobody will ever answer what waits.
    pub(super) fn answer_for_nobody(&self) {
        let wanted = {
            let mut inner = self.0.borrow_mut();
            if inner.worker.is_some() { Vec::new() } else { mem::take(&mut inner.wanted) }
        };
        for (_, on_reply) in wanted {
            on_reply.emit(None);
        }
    }

    /// Whether what waits is not for the worker that is there.
    pub(super) fn needs_another_worker(&self) -> bool {
        let inner = self.0.borrow();
        let Some((experiment, _)) = &inner.waiting else { return false };
        let needed = Program::needed_for(experiment);
        inner.worker.as_ref().is_some_and(|running| !running.program.covers(needed))
    }

    /// Starts the worker that has minijinja in it, in place of the one that is there.
    pub(super) fn change_worker(&self) {
        let (report, busy) = {
            let mut inner = self.0.borrow_mut();
            inner.worker = None;
            (inner.known, inner.known_baseline) = (None, None);
            (inner.report.clone(), inner.busy.take())
        };
        if let Some(Busy::Question { on_reply, .. }) = busy {
            on_reply.emit(None);
        }
        report.emit(Report::AtWork);
        self.launch(Program::Jinja);
    }

    /// Ends a worker that takes too long.
    pub(super) fn stop(&self) {
        self.restart(STOPPED);
    }

    /// Ends the worker and starts a fresh one. What it was at is answered as far as that is possible.
    fn restart(&self, why: &str) {
        let (busy, said, report, answered) = {
            let mut inner = self.0.borrow_mut();
            let is_further = matches!(inner.busy, Some(Busy::Linter { part: Linting::Further, .. }));
            let (busy, said) = inner.end_worker(if is_further { UNFINISHED } else { UNCHECKED });
            (busy, said, inner.report.clone(), inner.answered)
        };
        match busy {
            Some(Busy::Question { on_reply, .. }) => on_reply.emit(None),
            Some(Busy::Job { generation, .. }) => {
                report.emit(Report::Done(Analysis::failed(Problem::error(why)), generation));
            }
            Some(Busy::Linter { .. }) | None => {}
        }
        if let Some(checked) = said {
            report.emit(Report::Checked(checked, answered.unwrap_or_default()));
        }
        self.launch(Program::Page);
    }

    /// Starts a worker.
    pub(super) fn launch(&self, program: Program) {
        let (hearing, failing) = (self.clone(), self.clone());
        let worker = Running::start(program, move |words| hearing.hear(&words), move |words| failing.fail(&words));
        if worker.is_none() {
            let (report, generation) = (self.0.borrow().report.clone(), 0);
            report.emit(Report::Done(Analysis::failed(Problem::error(NO_WORKER)), generation));
        }
        let mut inner = self.0.borrow_mut();
        (inner.worker, inner.insight) = (worker, Insight::Likely);
    }

    /// An error in the worker. One that never got ready would fail again, for ever.
    fn fail(&self, message: &str) {
        let was_ready = self.0.borrow().worker.as_ref().is_some_and(|running| running.is_ready);
        if was_ready {
            self.restart(busy::reason(message));
            return;
        }
        let (program, waiting) = {
            let mut inner = self.0.borrow_mut();
            let program = inner.worker.take().map(|running| running.program).unwrap_or_default();
            (program, inner.waiting.take())
        };
        let (words, generation) = match program {
            Program::Page => (NO_WORKER, 0),
            Program::Jinja => (NO_JINJA, waiting.map_or(0, |(_, generation)| generation)),
        };
        let report = self.0.borrow().report.clone();
        report.emit(Report::Done(Analysis::failed(Problem::error(words)), generation));
        if program == Program::Jinja {
            self.launch(Program::Page);
        }
    }
}
