//! What the linter needs to say about an experiment all that it can: for a report that is taken out, where the page itself
//! shows problems.

use super::analyze::{Outside, request};
use super::check::config;
use super::{Experiment, Problem};
use crate::lint::{self, Config, Examined};
use crate::template::SeededWorld;

/// A rendering with its background, and what the linter is told.
pub struct LintTask {
    /// The rendering.
    pub examined: Examined,
    /// What the linter is told.
    pub config: Config,
    /// What is not as it was meant, a sentence each.
    pub notes: Vec<String>,
}

/// Renders an experiment for the linter.
pub fn lint_task(experiment: &Experiment, outside: &Outside) -> LintTask {
    let (config, problems) = config(experiment, outside);
    let examined = match request(experiment) {
        Ok((request, overrides)) => {
            lint::examine(request, &overrides, &mut SeededWorld::new(outside.now, outside.seed))
        }
        Err(refusal) => lint::refused(refusal.files, refusal.error, experiment.settings.helm),
    };
    let said = problems.into_iter().map(|Problem { message, .. }| message);
    let notes = said.chain(outside.schemas.unchecked()).collect();
    LintTask { examined, config, notes }
}
