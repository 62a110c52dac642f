//! What the linter finds in a rendering, each placed at the template text, or the value, that its author can change.

use super::analysis::Checked;
use super::analyze::Outside;
use super::origins::Atlas;
use super::{Experiment, Mend, Problem, Study, lint_settings};
use crate::engine;
use crate::kube::Object;
use crate::lint::{self, Background};
use crate::source::Files;

impl Study {
    /// Runs the linter. A document with holes is not what its author means: the linter waits.
    pub fn check(&mut self, outside: &Outside) -> Checked {
        let unchecked = outside.schemas.unchecked().into_iter().collect();
        let background = if self.stops.is_empty() { self.background() } else { None };
        let Some((_, files)) = self.inputs() else { return Checked::default() };
        Checked { findings: self.findings(files, background.as_ref(), outside).unwrap_or_default(), unchecked }
    }

    /// What there is to know of the rendering besides what it printed.
    fn background(&mut self) -> Option<Background> {
        let table = self.table()?;
        let (inputs, _) = self.inputs()?;
        let (request, _) = self.request.as_ref()?;
        let mut world = self.world.clone();
        Some(lint::background(inputs.clone(), table, request, self.rendering.as_ref()?, &mut world))
    }

    fn findings(&self, files: &Files, background: Option<&Background>, outside: &Outside) -> Option<Vec<Problem>> {
        let (rendering, printed) = (self.rendering.as_ref()?, self.printed.as_ref()?);
        let (rendered, trace) = (rendering.result.as_ref().ok()?, &rendering.trace);
        let sources = lint::Sources { documents: &rendered.documents, files, trace, values: &[] };
        let (config, mut problems) = config(&self.experiment, outside);
        let (documents, found) = if let Some(background) = background {
            let checked = lint::check_chart(&sources, background, &config);
            (rendered.documents.iter().collect::<Vec<_>>(), checked.findings)
        } else {
            let is_whole = |document: &&engine::Document| self.stops.iter().all(|stop| stop.source != document.source);
            let whole = printed.documents.iter().filter_map(|(at, _)| rendered.documents.get(*at)).filter(is_whole);
            let read = whole.filter_map(|document| Some((document, document.object().ok()?)));
            let (documents, objects): (Vec<_>, Vec<Object>) = read.unzip();
            let config = lint::with_definitions(&rendered.documents, &config);
            (documents, lint::check_scene(&objects, None, &config))
        };
        let atlas = Atlas::new(&self.experiment, files);
        problems.extend(found.into_iter().map(|finding| self.problem(finding, &documents, &sources, &atlas)));
        Some(problems)
    }

    fn problem(
        &self,
        finding: lint::Finding,
        documents: &[&engine::Document],
        sources: &lint::Sources,
        atlas: &Atlas,
    ) -> Problem {
        let document = documents.get(finding.place.document).filter(|_| finding.source.is_none());
        let fix = lint::fix(&finding, document.copied(), sources.files, sources.trace);
        let text = document.map(|document| &document.text);
        let in_text = || text.map(|text| atlas.of_text(text, finding.place.range.clone(), sources.trace));
        let (place, also) = match finding.source {
            Some(span) => (atlas.place(span), Vec::new()),
            None => in_text().unwrap_or_default(),
        };
        Problem {
            severity: finding.severity,
            rule: Some(finding.rule.to_owned()),
            document: document.map(|_| finding.object.to_string()),
            message: finding.message,
            fix: Some(finding.fix).filter(|fix| !fix.is_empty()),
            mend: fix.and_then(|fix| Mend::of(&fix, atlas, &self.experiment)),
            original: None,
            layer: None,
            place,
            also,
            is_found: true,
        }
    }
}

/// What the linter is told, and what is wrong with the settings of the chart's own.
pub(super) fn config(experiment: &Experiment, outside: &Outside) -> (lint::Config, Vec<Problem>) {
    let settings = &experiment.settings;
    let validation = lint::FieldValidation::of(settings.helm);
    let mut config = lint::Config { schemas: outside.schemas.get().cloned(), validation, ..lint::Config::default() };
    if !settings.namespace.is_empty() {
        config.namespace = settings.namespace.to_string();
    }
    config.kubernetes = lint::Kubernetes::parse(&settings.kube_version).unwrap_or(config.kubernetes);
    let problems = lint_settings::tell(experiment, &mut config);
    (config, problems)
}
