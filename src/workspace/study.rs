//! A rendering that is kept, so that questions about it can be answered without rendering again.

use std::cell::OnceCell;

use super::analyze::{self, Outside};
use super::question::{Question, Reply};
use super::{Analysis, Experiment};
use crate::engine::{Inputs, Printed, Rendering};
use crate::source::Files;

/// A rendering with all that says where it comes from.
pub struct Study {
    pub(super) experiment: Experiment,
    /// `None` where the chart can't be loaded.
    pub(super) rendering: Option<Rendering>,
    /// `None` where nothing is printed.
    pub(super) printed: Option<Printed>,
    inputs: OnceCell<Option<(Inputs, Files)>>,
}

impl Study {
    /// Renders an experiment, and keeps what came of it.
    pub fn of(experiment: Experiment, outside: Outside) -> (Self, Analysis) {
        let (rendering, printed, analysis) = analyze::study(&experiment, outside);
        (Self { experiment, rendering, printed, inputs: OnceCell::new() }, analysis)
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The experiment, back.
    pub fn into_experiment(self) -> Experiment {
        self.experiment
    }

    /// The answer to a question. `None` where there is nothing to ask about. `before` is what changes are told from.
    pub fn answer(&mut self, question: &Question, before: Option<&Self>) -> Option<Reply> {
        match question {
            Question::Changes => self.changes(before?).map(Reply::Changes),
            Question::Why(spot, nth) => self.pin(spot, *nth).map(|pin| Reply::Why(Box::new(pin))),
            Question::Survey => self.survey().map(|survey| Reply::Survey(Box::new(survey))),
            Question::Help(help) => Some(Reply::Help(self.help(help))),
            Question::Values => self.values_table().map(Reply::Values),
            Question::Cluster(_) => None,
        }
    }

    /// What is printed. Empty where nothing is.
    pub fn output(&self) -> String {
        self.printed.as_ref().map(|printed| printed.text.to_str().into_owned()).unwrap_or_default()
    }

    /// What the rendering was made of, and the table of files that its places point into. Put together at the first
    /// question: most renderings are never asked.
    pub(super) fn inputs(&self) -> Option<&(Inputs, Files)> {
        let read = || {
            let (mut request, overrides) = analyze::request(&self.experiment).ok()?;
            let inputs = Inputs::new(&mut request, &overrides);
            Some((inputs, request.files))
        };
        self.inputs.get_or_init(read).as_ref()
    }
}
