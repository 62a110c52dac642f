//! What the linter finds in a rendering, each placed at the template text, or the value, that its author can change.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::analysis::Checked;
use super::analyze::Outside;
use super::origins::Atlas;
use super::{Experiment, Ignored, Looked, Mend, Pointer, Problem, Study, lint_settings};
use crate::chart::Operation;
use crate::engine::Document;
use crate::kube::Object;
use crate::lint::{self, Background, Further, Suppressed, Suppression};
use crate::value::time::zones;

/// What the linter found, before it is placed in the files of the chart.
pub struct Found {
    checked: lint::Checked,
    /// What is wrong with its settings.
    problems: Vec<Problem>,
}

impl Study {
    /// Runs the linter over what is known by now. A document with holes is not what its author means: the linter waits.
    /// `before` is what changes are told from.
    pub fn check(&mut self, outside: &Outside, before: Option<&Self>) -> Checked {
        let found = self.look(outside, before);
        self.tell(found)
    }

    /// The same once all is known that it wants to know.
    pub fn check_all(&mut self, outside: &Outside, before: Option<&Self>) -> Checked {
        while self.find_out() {}
        self.check(outside, before)
    }

    /// Reads the documents and runs all rules over them.
    pub fn look(&mut self, outside: &Outside, before: Option<&Self>) -> Option<Found> {
        self.outside.clone_from(outside);
        let background = if self.stops.is_empty() { self.background() } else { None };
        let installed = before.and_then(|before| self.installed(before));
        let background = background.map(|background| Background { installed, ..background });
        let (config, problems) = config(&self.experiment, outside);
        self.printed.as_ref()?;
        let documents = self.whole_documents()?;
        let sources = self.sources_of(&documents)?;
        let checked = match background {
            Some(background) => lint::check_chart(&sources, &background, &config),
            None => lint::check_sources(&sources, &config),
        };
        Some(Found { checked, problems })
    }

    /// Says where it is, and how it is mended.
    pub fn tell(&self, found: Option<Found>) -> Checked {
        let mut checked = found.and_then(|found| self.placed(found)).unwrap_or_default();
        checked.awaited = self.awaited();
        checked.unchecked.extend(self.outside.schemas.unchecked());
        if zones::are_missing() {
            checked.unchecked.push("The time zones can't be fetched: times are shown in UTC.".to_owned());
        }
        checked
    }

    /// What is known by now of the rendering besides what it printed.
    fn background(&self) -> Option<Background> {
        let (inputs, _) = self.inputs()?;
        let mut background = lint::rendered_from(inputs.clone(), self.rendering.as_ref()?);
        background.memory = Rc::clone(&self.remembered);
        background.table = self.table.get().cloned().flatten();
        background.awaited.extend(Some(Further::Readers).filter(|_| background.table.is_none()));
        self.inquiry.tell(&mut background);
        Some(background)
    }

    /// The objects of the baseline that are not the same here, where this is an upgrade: then the baseline is what is
    /// installed. Who doesn't upgrade may change what they like.
    fn installed(&self, before: &Self) -> Option<Vec<Object>> {
        if self.experiment.settings.operation != Operation::Upgrade {
            return None;
        }
        let texts = self.documents().map(|document| document.text.as_bytes()).collect::<BTreeSet<_>>();
        let changed = before.documents().filter(|document| !texts.contains(document.text.as_bytes()));
        Some(changed.filter_map(|document| document.object().ok()).collect())
    }

    fn documents(&self) -> impl Iterator<Item = &Document> {
        let rendered = self.rendering.as_ref().and_then(|rendering| rendering.result.as_ref().ok());
        rendered.into_iter().flat_map(|rendered| &rendered.documents)
    }

    /// The documents without holes.
    fn whole_documents(&self) -> Option<Cow<'_, [Document]>> {
        let rendered = self.rendering.as_ref()?.result.as_ref().ok()?;
        if self.stops.is_empty() {
            return Some(Cow::Borrowed(&rendered.documents));
        }
        let is_whole = |document: &&Document| self.stops.iter().all(|stop| stop.source != document.source);
        Some(rendered.documents.iter().filter(is_whole).cloned().collect())
    }

    fn sources_of<'a>(&'a self, documents: &'a [Document]) -> Option<lint::Sources<'a>> {
        let (_, files) = self.inputs()?;
        Some(lint::Sources { documents, files, trace: &self.rendering.as_ref()?.trace, values: &[] })
    }

    fn placed(&self, found: Found) -> Option<Checked> {
        let documents = self.whole_documents()?;
        let sources = self.sources_of(&documents)?;
        let all = self.rendering.as_ref()?.result.as_ref().map_or(0, |rendered| rendered.documents.len());
        let Found { checked: found, problems } = found;
        let atlas = Atlas::new(&self.experiment, sources.files);
        let problem = |finding| self.problem(finding, &documents, &sources, &atlas);
        let ignored = |suppressed: Suppressed| {
            let Suppression { kind, written, reason, span, .. } = suppressed.by;
            let (by, place) = (format!("{} `{written}`", kind.word()), span.and_then(|span| atlas.place(span)));
            Ignored { problem: problem(suppressed.finding), by, reason, place }
        };
        Some(Checked {
            findings: problems.into_iter().chain(found.findings.into_iter().map(problem)).collect(),
            looked: Looked { documents: found.documents, rules: found.rules },
            ignored: found.suppressed.into_iter().map(ignored).collect(),
            unused: found.unused.iter().map(|suppression| unused(suppression, &atlas)).collect(),
            unchecked: unchecked(&found.unreadable, &documents, all),
            ..Checked::default()
        })
    }

    fn problem(
        &self,
        finding: lint::Finding,
        documents: &[Document],
        sources: &lint::Sources,
        atlas: &Atlas,
    ) -> Problem {
        let document = documents.get(finding.place.document).filter(|_| finding.source.is_none());
        let fix = lint::fix(&finding, document, sources.files, sources.trace);
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
            others: Vec::new(),
            original: None,
            layer: None,
            place,
            output_line: None,
            also,
            is_found: true,
        }
    }
}

/// What was told to be ignored and isn't there.
fn unused(suppression: &Suppression, atlas: &Atlas) -> Pointer {
    let kind = suppression.kind.word();
    let why = if suppression.is_misnamed() { ": it names no rule" } else { "" };
    let words = format!("the {kind} `{}` suppresses nothing{why}", suppression.written);
    Pointer { words, place: suppression.span.and_then(|span| atlas.place(span)) }
}

/// Documents that nobody looked at.
fn unchecked(unreadable: &[usize], documents: &[Document], all: usize) -> Vec<String> {
    let read = unreadable.iter().filter_map(|number| documents.get(*number));
    let said = |document: &Document| {
        format!("A document of {} was not checked: it can't be read as an object.", document.source)
    };
    let mut sentences: Vec<String> = read.map(said).collect();
    match all.saturating_sub(documents.len()) {
        0 => {}
        1 => sentences.push("A document in which Helm stops was not checked.".to_owned()),
        count => sentences.push(format!("{count} documents in which Helm stops were not checked.")),
    }
    sentences
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Severity;
    use crate::workspace::{Content, FilePath, Origin, Settings};

    fn experiment(operation: Operation, service: &str) -> Experiment {
        let set = format!(
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: web}}\nspec:\n  serviceName: {service}\n  \
             selector: {{matchLabels: {{app: web}}}}\n  template: {{metadata: {{labels: {{app: web}}}}, spec: {{}}}}\n"
        );
        let files = [("Chart.yaml", "apiVersion: v2\nname: web\nversion: 0.1.0\n"), ("templates/set.yaml", &set)];
        let entry = |(path, text): (&str, &str)| (FilePath::parse(path).unwrap(), Content::Text(text.into()));
        let settings = Settings { operation, ..Settings::default() };
        Experiment::new(Origin::Empty, files.into_iter().map(entry).collect(), settings)
    }

    fn changed(operation: Operation, service: &str) -> Vec<(Severity, String)> {
        let outside = Outside::default();
        let (before, _) = Study::of(experiment(Operation::Install, "web"), &outside);
        let (mut study, _) = Study::of(experiment(operation, service), &outside);
        let found = study.check(&outside, Some(&before)).findings.into_iter();
        let of_rule = found.filter(|problem| problem.rule.as_deref() == Some("immutable-field-changed"));
        of_rule.map(|problem| (problem.severity, problem.message)).collect()
    }

    #[test]
    fn what_an_upgrade_from_the_baseline_may_not_change_is_found() {
        let upgrade = changed(Operation::Upgrade, "db");
        let words = "`spec.serviceName` is `web` where it is installed and `db` here: it can't be changed, and the upgrade fails";
        assert_eq!(upgrade, [(Severity::Error, words.to_owned())]);
        assert_eq!(changed(Operation::Install, "db"), []);
        assert_eq!(changed(Operation::Upgrade, "web"), []);
    }
}
