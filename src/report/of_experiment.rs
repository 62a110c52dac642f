//! The report of a chart that was examined; and of what is on the page: what `chartroom lint` says of the same chart with
//! the same values.

use super::{LintReport, Rendition, Root};
use crate::engine::{self, PrintOptions};
use crate::lint::{self, Config, Examined, Failure};
use crate::workspace::{Experiment, LintTask, Outside, lint_task};

/// What is wrong with a chart. The error is what Helm says where there is nothing to look at.
pub fn of_examined(name: String, examined: &Examined, config: &Config) -> Result<LintReport, String> {
    let sources = examined.sources();
    let checked = lint::check_chart(&sources, &examined.background, config);
    let printed = engine::print(sources.documents, &PrintOptions::default()).map_err(|error| error.to_string())?;
    let rendition = Rendition::new(sources.files, sources.trace, sources.documents, &printed);
    let mut report = rendition.report(name, &checked);
    if let Some(Failure { error, .. }) = examined.background.failures.first() {
        if checked.findings.is_empty() && checked.suppressed.is_empty() {
            return Err(error.to_string());
        }
        report.unchecked.push(format!("nothing that the chart renders to was checked: {error}"));
    }
    Ok(report)
}

/// What is wrong with an experiment. The error is what Helm says where there is nothing to look at.
pub fn of_experiment(experiment: &Experiment, outside: &Outside) -> Result<LintReport, String> {
    let LintTask { examined, config, notes } = lint_task(experiment, outside);
    let (name, _) = experiment.chart_title();
    let mut report = of_examined(name.clone(), &examined, &config)?;
    report.unchecked.extend(notes);
    // The report is of use beside the chart.
    Ok(LintReport { root: Some(Root { name, folder: ".".to_owned() }), ..report })
}
