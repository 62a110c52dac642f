//! What the linter needs to say about an experiment all that it can: for a report that is taken out, where the page itself
//! shows problems.

use super::analyze::{Outside, config, request};
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

/// Renders an experiment for the linter. The error is what Helm says where it doesn't load the chart.
pub fn lint_task(experiment: &Experiment, outside: &Outside) -> Result<LintTask, String> {
    let (request, overrides) = request(experiment).map_err(|refusal| refusal.words)?;
    let (config, problems) = config(experiment, outside);
    let mut world = SeededWorld::new(outside.now, outside.seed);
    let examined = lint::examine(request, &overrides, &mut world);
    let said = problems.into_iter().map(|Problem { message, .. }| message);
    let notes = said.chain(outside.schemas.unchecked()).collect();
    Ok(LintTask { examined, config, notes })
}
