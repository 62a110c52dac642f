//! What is not there, and why: documents that are absent, branches that were not taken, values that nobody reads.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::pin::Sources;
use super::{Badges, Place, Pointer, Study};
use crate::engine::Read;
use crate::source::{ReadsId, Skipped, Span};

/// What is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Documents that are absent, in order of their templates.
    pub absent: Vec<Absent>,
    /// Branches of templates that were not taken.
    pub skipped: Vec<Pointer>,
    /// Values that no template reads.
    pub unread: Vec<Pointer>,
    /// The letters beside lines.
    pub badges: Badges,
}

/// A document that is not rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// Its kind, or its template where no kind is to be seen; or the chart that is left out.
    pub title: String,
    /// Why: `ingress.enabled is false`. Empty where its template prints nothing at all.
    pub because: Vec<Pointer>,
    /// Its template.
    pub template: Option<Place>,
}

impl Study {
    /// What is not there. `None` where nothing was rendered.
    pub(super) fn survey(&mut self) -> Option<Survey> {
        let table = self.table()?;
        let sources = self.sources()?;
        let unread = table.unread().filter_map(|row| {
            let place = sources.atlas.place(row.set_by.as_ref()?.span?)?;
            Some(Pointer { words: format!("no template reads {}", row.key), place: Some(place) })
        });
        let unread = unread.collect();
        let (absent, skipped, badges) = (sources.absent(), sources.skipped(), sources.badges());
        Some(Survey { absent, skipped, unread, badges })
    }
}

impl Sources<'_> {
    /// Branches that hold a document's `kind`, and charts that are left out.
    fn absent(&self) -> Vec<Absent> {
        let mut seen = BTreeSet::new();
        let mut absent = Vec::new();
        for skipped in self.trace.skipped() {
            let text = self.provenance.text(skipped.span);
            let kinds: Vec<&str> = kinds(&text).collect();
            if kinds.is_empty() || !seen.insert((skipped.span, skipped.reads)) {
                continue;
            }
            let because = self.because(skipped);
            let template = self.atlas.place(skipped.condition);
            absent.extend(kinds.into_iter().map(|kind| Absent {
                title: kind.to_owned(),
                because: because.clone(),
                template: template.clone(),
            }));
        }
        absent.extend(self.inputs.left_out().iter().map(|left_out| {
            let condition = left_out.condition.as_ref().map(|steps| self.told(&self.provenance.value_at(steps)));
            let place = left_out.manifest.and_then(|span| self.atlas.place(span));
            Absent {
                title: format!("Chart {}", left_out.name),
                because: condition.into_iter().collect(),
                template: place,
            }
        }));
        absent
    }

    /// What decided against a branch.
    fn because(&self, skipped: &Skipped) -> Vec<Pointer> {
        let reads = self.provenance.reads(skipped.reads);
        let told: Vec<Pointer> = reads.iter().map(|read| self.told(read)).collect();
        if told.is_empty() {
            let words = format!("{} does not hold", self.provenance.text(skipped.condition).trim());
            return vec![Pointer { words, place: self.atlas.place(skipped.condition) }];
        }
        told
    }

    /// `ingress.enabled is false`.
    fn told(&self, read: &Read) -> Pointer {
        let name = read.path.strip_prefix("Values.").unwrap_or(&read.path);
        let value = read.value.as_deref().unwrap_or("not set");
        let place = read.place.as_ref().and_then(|place| self.atlas.place(place.span));
        Pointer { words: format!("{name} is {value}"), place }
    }

    /// Branches that were never taken, in no turn of a `range` and by no `include`; the outermost only.
    fn skipped(&self) -> Vec<Pointer> {
        let taken: BTreeSet<Span> = self.trace.origins().iter().map(|origin| origin.span).collect();
        let is_taken = |span: &Span| {
            let from = Span::new(span.file, span.range().start..span.range().start);
            taken.range(from..).take_while(|inner| inner.file == span.file && inner.start < span.end).next().is_some()
        };
        let mut found: Vec<(Span, Pointer)> = Vec::new();
        let all: BTreeSet<(Span, Span, ReadsId)> =
            self.trace.skipped().iter().map(|skipped| (skipped.span, skipped.condition, skipped.reads)).collect();
        for (span, condition, reads) in all {
            let is_known = found.last().is_some_and(|(last, _)| last.file == span.file && span.start < last.end);
            if is_known || is_taken(&span) {
                continue;
            }
            let decided = self.provenance.reads(reads);
            let words = match decided.first() {
                Some(read) => format!("not taken: {}", self.told(read).words),
                None => format!("not taken: {} does not hold", self.provenance.text(condition).trim()),
            };
            found.push((span, Pointer { words, place: self.atlas.place(span) }));
        }
        found.into_iter().map(|(_, pointer)| pointer).filter(|pointer| pointer.place.is_some()).collect()
    }
}

/// The kinds of the documents in a template's text.
fn kinds(text: &str) -> impl Iterator<Item = &str> {
    let kinds = text.lines().filter_map(|line| line.strip_prefix("kind:")).map(str::trim);
    kinds.filter(|kind| !kind.is_empty() && kind.chars().all(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{Content, Experiment, FilePath, Files, Outside, Question, Reply, default_experiment};
    use super::*;

    fn surveyed(experiment: &Experiment) -> Survey {
        let (mut study, analysis) = Study::of(experiment.clone(), &Outside::default());
        match study.answer(&Question::Survey, None) {
            Some(Reply::Survey(survey)) => *survey,
            _ => panic!("a survey, but {:?}", analysis.problems),
        }
    }

    fn chart(files: &[(&str, &str)]) -> Experiment {
        let own = [("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")];
        let entry = |(name, text): &(&str, &str)| (FilePath::parse(name).unwrap(), Content::Text((*text).into()));
        let files: Files = own.iter().chain(files).map(entry).collect();
        Experiment { files: Rc::new(files), ..default_experiment() }
    }

    fn told(absent: &Absent) -> String {
        let because: Vec<String> = absent
            .because
            .iter()
            .map(|because| {
                let place = because.place.as_ref().map(Place::label).unwrap_or_default();
                format!("{} ({place})", because.words)
            })
            .collect();
        format!("{}: {}", absent.title, because.join(", "))
    }

    #[test]
    fn an_absent_document_names_its_condition() {
        let survey = surveyed(&default_experiment());
        let told: Vec<String> = survey.absent.iter().map(told).collect();
        assert_eq!(told, ["Ingress: ingress.enabled is false (values.yaml:10)"]);
        let words: Vec<&str> = survey.skipped.iter().map(|skipped| skipped.words.as_str()).collect();
        assert_eq!(words, ["not taken: ingress.enabled is false"]);
    }

    #[test]
    fn a_chart_that_is_left_out_names_its_condition() {
        let survey = surveyed(&chart(&[
            (
                "Chart.yaml",
                "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.x.x, condition: db.on}\n",
            ),
            ("values.yaml", "db: {\"on\": false}\n"),
            ("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n"),
            ("charts/db/templates/a.yaml", "kind: Secret\n"),
        ]));
        assert_eq!(survey.absent.iter().map(told).collect::<Vec<_>>(), ["Chart db: db.on is false (values.yaml:1)"]);
    }

    #[test]
    fn a_branch_that_some_turn_takes_is_taken() {
        let template = "{{ range .Values.items }}{{ if .on }}a: {{ .name }}\n{{ else }}b: 1\n{{ end }}{{ end }}{{ if .Values.never }}c: 1\n{{ end }}";
        let survey = surveyed(&chart(&[
            ("templates/a.yaml", template),
            ("values.yaml", "items: [{\"on\": true, name: x}, {name: y}]\nnever: 0\nspare: 1\n"),
        ]));
        let words = |list: &[Pointer]| list.iter().map(|pointer| pointer.words.clone()).collect::<Vec<_>>();
        assert_eq!(words(&survey.skipped), ["not taken: never is 0"]);
        assert_eq!(words(&survey.unread), ["no template reads spare"]);
    }
}
