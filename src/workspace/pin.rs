//! What belongs together: a word of the output, the template text that printed it, and the values that fed it. It can
//! be asked from each of the three ends, and the answer is the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::card::{self, Card};
use super::origins::Atlas;
use super::{FilePath, Place, Study};
use crate::engine::{Inputs, Provenance, ReadRole, Why};
use crate::source::{FileId, Files, Origin, OriginKind, PathId, ReadsId, Role, Run, Runs, Span, Step, Trace};

/// A place that somebody points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    /// A byte of the output.
    Output(usize),
    /// A byte of a file.
    File(FilePath, usize),
}

/// What belongs to a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The pieces of the output that belong to it, in order, in bytes.
    pub uses: Vec<Range<usize>>,
    /// Which of them the rest is about.
    pub at: usize,
    /// The template text that printed it.
    pub template: Vec<Place>,
    /// The values that fed it.
    pub values: Vec<Place>,
    /// All of it in words.
    pub card: Card,
}

impl Pin {
    /// Whether a spot is in one of its places.
    pub fn holds(&self, spot: &Spot) -> bool {
        match spot {
            Spot::Output(byte) => self.uses.get(self.at).is_some_and(|range| range.contains(byte)),
            Spot::File(path, byte) => {
                let mut places = self.template.iter().chain(&self.values);
                places.any(|place| place.path == *path && place.bytes.contains(byte))
            }
        }
    }
}

/// All that is asked when something is pinned.
pub(super) struct Sources<'a> {
    pub provenance: Provenance<'a>,
    pub atlas: Atlas<'a>,
    pub trace: &'a Trace,
    pub inputs: &'a Inputs,
    pub files: &'a Files,
}

impl Study {
    /// What belongs to a spot; of several places in the output, the `nth`.
    pub(super) fn pin(&self, spot: &Spot, nth: Option<usize>) -> Option<Pin> {
        let sources = self.sources()?;
        match spot {
            Spot::Output(byte) => sources.pin_output(*byte, nth),
            Spot::File(path, byte) => sources.pin_file(path, *byte, nth),
        }
    }

    pub(super) fn sources(&self) -> Option<Sources<'_>> {
        let (rendering, printed) = (self.rendering.as_ref()?, self.printed.as_ref()?);
        let (inputs, files) = self.inputs()?;
        let documents = rendering.result.as_ref().map(|rendered| &*rendered.documents).unwrap_or_default();
        let trace = &rendering.trace;
        let provenance = Provenance::new(printed, documents, trace, files, inputs);
        Some(Sources { provenance, atlas: Atlas::new(&self.experiment, files), trace, inputs, files })
    }
}

/// Who printed a piece of the output, and whether they will be asked for by a value, by an action or by themselves.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Value(PathId),
    Action(Span),
    Itself,
}

impl Sources<'_> {
    pub(super) fn runs(&self) -> impl Iterator<Item = (Range<usize>, Run)> {
        self.provenance.printed.text.runs().into_iter().flat_map(Runs::ranges)
    }

    fn bytes(&self) -> &[u8] {
        self.provenance.printed.text.as_bytes()
    }

    fn pin_output(&self, byte: usize, nth: Option<usize>) -> Option<Pin> {
        let line = self.line(byte)?;
        let unit = self.unit_at(byte).or_else(|| self.first_unit(&line)).unwrap_or_else(|| self.trimmed(line));
        let mut uses = self.uses(self.subject(&unit));
        if !uses.contains(&unit) {
            uses.push(unit.clone());
            uses.sort_by_key(|range| range.start);
        }
        let own = uses.iter().position(|range| *range == unit).unwrap_or_default();
        Some(self.pinned(uses, nth.unwrap_or(own)))
    }

    fn pin_file(&self, path: &FilePath, byte: usize, nth: Option<usize>) -> Option<Pin> {
        let (file, text) = self.atlas.file(path)?;
        let byte = past_indent(text, byte);
        if let Some(steps) = self.inputs.path_at(file, byte) {
            return Some(self.pin_value(&steps, nth));
        }
        let span = self.node_at(file, byte);
        let uses = match span {
            Some(span) => self.uses(Subject::Action(span)),
            None => self.literal_at(file, byte).into_iter().collect(),
        };
        if uses.is_empty() {
            let place = self.atlas.at(path.clone(), span.map_or(byte..byte, Span::range));
            let card = card::without_output(self, file, byte);
            return Some(Pin { template: place.into_iter().collect(), card, ..Pin::default() });
        }
        Some(self.pinned(uses, nth.unwrap_or_default()))
    }

    fn pin_value(&self, steps: &[Step], nth: Option<usize>) -> Pin {
        let path = self.trace.find(steps);
        let uses = path.map(|path| self.uses(Subject::Value(path))).unwrap_or_default();
        if uses.is_empty() {
            let place = self.inputs.history(steps).set_by.and_then(|setting| self.atlas.place(setting.span?));
            let card = card::of_value_without_output(self, steps, path);
            return Pin { values: place.into_iter().collect(), card, ..Pin::default() };
        }
        self.pinned(uses, nth.unwrap_or_default())
    }

    fn pinned(&self, uses: Vec<Range<usize>>, at: usize) -> Pin {
        let at = at.min(uses.len().saturating_sub(1));
        let range = uses.get(at).cloned().unwrap_or_default();
        let line = self.line(range.start).unwrap_or_default();
        let number = self.bytes().iter().take(line.start).filter(|&&byte| byte == b'\n').count() + 1;
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let why = Why::of_bytes(&self.provenance, number, line, range);
        let printers = why.printed_by.iter().filter_map(|printer| self.atlas.place(printer.place.span));
        let feeding = why.values.iter().filter(|value| value.read.role == ReadRole::Feeds);
        let values = feeding.filter_map(|value| self.atlas.place(value.read.place.as_ref()?.span));
        Pin { template: distinct(printers), values: distinct(values), card: Card::of(&why, &self.atlas), uses, at }
    }

    /// A value alone is followed to all that it feeds; else an action to all that it printed.
    fn subject(&self, unit: &Range<usize>) -> Subject {
        let origin = self.provenance.printed.text.runs().and_then(|runs| runs.at(unit.start));
        let Some(origin) = origin.and_then(|(_, run)| self.trace.origin(run.origin)) else { return Subject::Itself };
        let feeding: Vec<PathId> = self.feeding(origin.reads).collect();
        match (feeding.as_slice(), origin.kind) {
            ([path], OriginKind::Action) => Subject::Value(*path),
            (_, OriginKind::Action) => Subject::Action(origin.span),
            _ => Subject::Itself,
        }
    }

    /// The values whose content is in something.
    fn feeding(&self, reads: ReadsId) -> impl Iterator<Item = PathId> {
        self.trace.reads(reads).iter().filter(|read| read.role == Role::Feeds).map(|read| read.path)
    }

    /// The pieces of the output that a subject printed.
    fn uses(&self, subject: Subject) -> Vec<Range<usize>> {
        let mut known: BTreeMap<ReadsId, bool> = BTreeMap::new();
        let mut is_it = |origin: &Origin| match subject {
            Subject::Itself => false,
            Subject::Action(span) => origin.span == span,
            Subject::Value(value) => *known.entry(origin.reads).or_insert_with(|| {
                self.feeding(origin.reads).any(|path| path == value || self.trace.is_below(path, value))
            }),
        };
        let mut uses: Vec<Range<usize>> = Vec::new();
        let mut last: Option<&Origin> = None;
        for (range, run) in self.runs() {
            let origin = self.trace.origin(run.origin).filter(|origin| origin.kind == OriginKind::Action);
            let Some(origin) = origin.filter(|origin| is_it(origin)) else { continue };
            match uses.last_mut().filter(|last| last.end == range.start) {
                Some(before) if last.is_some_and(|last| is_one(last, origin)) => before.end = range.end,
                _ => uses.push(range),
            }
            last = Some(origin);
        }
        let uses = uses.into_iter().map(|range| self.trimmed(range));
        uses.filter(|range| !range.is_empty()).collect()
    }

    /// The piece around a byte that one action printed of one value.
    fn unit_at(&self, byte: usize) -> Option<Range<usize>> {
        let runs = self.provenance.printed.text.runs()?;
        let (mut unit, run) = runs.at(byte)?;
        let origin = self.trace.origin(run.origin).filter(|origin| origin.kind == OriginKind::Action)?;
        let is_same = |run: Run| self.trace.origin(run.origin).is_some_and(|other| is_one(origin, other));
        while let Some((before, _)) =
            unit.start.checked_sub(1).and_then(|at| runs.at(at)).filter(|(_, run)| is_same(*run))
        {
            unit.start = before.start;
        }
        for (after, _) in runs.ranges_from(unit.end).take_while(|(_, run)| is_same(*run)) {
            unit.end = after.end;
        }
        Some(self.trimmed(unit)).filter(|unit| unit.contains(&byte))
    }

    /// The first piece in a line that an action printed.
    fn first_unit(&self, line: &Range<usize>) -> Option<Range<usize>> {
        let runs = self.provenance.printed.text.runs()?;
        let inside = runs.ranges_from(line.start).take_while(|(range, _)| range.start < line.end);
        let mut starts = inside.map(|(range, _)| range.start.max(line.start));
        starts.find_map(|start| {
            let text = self.bytes().get(start..line.end).unwrap_or_default();
            let blank = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.unit_at(start + blank)
        })
    }

    /// The smallest action in a file that holds a byte, among those that printed something.
    fn node_at(&self, file: FileId, byte: usize) -> Option<Span> {
        let actions = self.trace.origins().iter().filter(|origin| origin.kind != OriginKind::Literal);
        let spans = actions.map(|origin| origin.span).filter(|span| span.file == file);
        // The braces around a pipeline belong to it.
        let text = self.files.get(file).map(|file| &*file.text).unwrap_or_default();
        let holds = |span: &Span| with_braces(text, span.range()).contains(&byte);
        spans.filter(holds).min_by_key(|span| (span.range().len(), span.range().start))
    }

    /// The first place in the output where a byte of a template's own text was printed.
    fn literal_at(&self, file: FileId, byte: usize) -> Option<Range<usize>> {
        let printed = self.runs().find_map(|(range, run)| {
            let origin = self.trace.origin(run.origin)?;
            let is_it = origin.kind == OriginKind::Literal && origin.span.file == file && run.at != Run::WHOLE;
            let start = origin.span.range().start.saturating_add(run.at as usize);
            (is_it && (start..start + range.len()).contains(&byte)).then(|| range.start + (byte - start))
        })?;
        self.line(printed).map(|line| self.trimmed(line)).filter(|line| !line.is_empty())
    }

    /// The line of the output around a byte, without its end.
    fn line(&self, byte: usize) -> Option<Range<usize>> {
        let (before, after) = self.bytes().split_at_checked(byte)?;
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let end = after.iter().position(|&byte| byte == b'\n').map_or(self.bytes().len(), |at| byte + at);
        Some(start..end)
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.bytes().get(range.clone()).unwrap_or_default();
        let start = range.start + text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        start..(range.start + text.trim_ascii_end().len()).max(start)
    }
}

/// Whether two pieces are one: printed by one action, in one turn, of the same values.
fn is_one(a: &Origin, b: &Origin) -> bool {
    a.span == b.span && a.frame == b.frame && a.reads == b.reads && b.kind == OriginKind::Action
}

fn distinct(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    places.filter(|place| seen.insert((place.path.clone(), place.bytes.start, place.bytes.end))).collect()
}

/// A byte in the indentation of a line means the line's first word.
fn past_indent(text: &[u8], byte: usize) -> usize {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, &[]));
    let line =
        before.iter().rposition(|&byte| byte == b'\n').map_or(before, |at| before.get(at + 1..).unwrap_or_default());
    let blank = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if line.trim_ascii().is_empty() { byte + blank } else { byte }
}

/// A pipeline with the braces of its action.
fn with_braces(text: &[u8], pipeline: Range<usize>) -> Range<usize> {
    let before = text.get(..pipeline.start).unwrap_or_default();
    let after = text.get(pipeline.end..).unwrap_or_default();
    let opens = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'-' | b'{')).count();
    let closes = after.iter().take_while(|byte| matches!(byte, b' ' | b'-' | b'}')).count();
    pipeline.start - opens..pipeline.end + closes
}

#[cfg(test)]
mod tests {
    use super::super::{Content, Experiment, Outside, Question, Reply, SampleIndex, default_experiment};
    use super::*;

    fn studied(experiment: &Experiment) -> (Study, String) {
        let (study, analysis) = Study::of(experiment.clone(), &Outside::default());
        (study, analysis.output)
    }

    fn asked(study: &mut Study, spot: Spot, nth: Option<usize>) -> Pin {
        match study.answer(&Question::Why(spot, nth), None) {
            Some(Reply::Why(pin)) => *pin,
            _ => panic!("an answer"),
        }
    }

    fn path(text: &str) -> FilePath {
        FilePath::parse(text).unwrap()
    }

    fn text_at(experiment: &Experiment, place: &Place) -> String {
        let text = experiment.file(&place.path).and_then(Content::text).expect("a text");
        format!("{}: {}", place.path, &text[place.bytes.clone()])
    }

    /// The current use and the texts at the other two ends.
    fn triple(experiment: &Experiment, output: &str, pin: &Pin) -> (String, Vec<String>, Vec<String>) {
        let texts = |places: &[Place]| places.iter().map(|place| text_at(experiment, place)).collect();
        let used = pin.uses.get(pin.at).map(|range| output[range.clone()].to_owned()).unwrap_or_default();
        (used, texts(&pin.template), texts(&pin.values))
    }

    fn spot_in(experiment: &Experiment, file: &str, words: &str) -> Spot {
        let text = experiment.file(&path(file)).and_then(Content::text).unwrap();
        Spot::File(path(file), text.find(words).unwrap())
    }

    #[test]
    fn a_word_is_the_same_from_all_three_ends() {
        let experiment = default_experiment();
        let (mut study, output) = studied(&experiment);
        let wanted = (
            "3".to_owned(),
            vec!["templates/statefulset.yaml: .Values.replicaCount".to_owned()],
            vec!["values.yaml: replicaCount: 3".to_owned()],
        );
        let spots = [
            Spot::Output(output.find("replicas: 3").unwrap() + 10),
            // Its key is the template's own text, and leads to what stands behind it.
            Spot::Output(output.find("replicas: 3").unwrap()),
            spot_in(&experiment, "values.yaml", "replicaCount"),
            spot_in(&experiment, "templates/statefulset.yaml", ".Values.replicaCount"),
            spot_in(&experiment, "templates/statefulset.yaml", "{{ .Values.replicaCount"),
        ];
        for spot in spots {
            let pin = asked(&mut study, spot.clone(), None);
            assert_eq!(triple(&experiment, &output, &pin), wanted, "{spot:?}");
            assert!(
                pin.card.headline.starts_with("replicas: 3 is .Values.replicaCount, values.yaml:"),
                "{:?}",
                pin.card
            );
        }
    }

    #[test]
    fn what_is_in_no_output_says_why() {
        let files = [
            ("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"),
            ("templates/off.yaml", "{{ if .Values.wanted }}\na: {{ .Values.deep }}\n{{ end }}\n"),
            ("values.yaml", "wanted: false\ndeep: 1\nunused: 2\n"),
        ];
        let files = files.map(|(name, text)| (path(name), Content::Text(text.into()))).into();
        let experiment = Experiment { files: std::rc::Rc::new(files), ..default_experiment() };
        let (mut study, _) = studied(&experiment);
        let headline = |study: &mut Study, file: &str, words: &str| {
            asked(study, spot_in(&experiment, file, words), None).card.headline
        };
        assert_eq!(
            headline(&mut study, "values.yaml", "wanted:"),
            ".Values.wanted is in no line of the output: it only decides."
        );
        assert_eq!(headline(&mut study, "values.yaml", "deep"), ".Values.deep is read in a branch that is not taken.");
        assert_eq!(headline(&mut study, "values.yaml", "unused"), "No template reads .Values.unused.");
        assert_eq!(
            headline(&mut study, "templates/off.yaml", "a: {{"),
            "Not taken: .Values.wanted decides against it."
        );
    }

    #[test]
    fn from_an_action_or_a_value_all_that_it_printed_is_found() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let index = SampleIndex::parse(include_str!("../../static/samples/index.json")).unwrap();
        let mut pinned = 0;
        for sample in &index.samples {
            let folder = root.join("static/samples").join(&*sample.name);
            let experiment =
                sample.experiment(sample.files.iter().map(|path| std::fs::read(folder.join(path.as_str())).unwrap()));
            let (mut study, output) = studied(&experiment);
            let words = output.split_inclusive(char::is_whitespace).scan(0, |at, word| {
                *at += word.len();
                Some(*at - word.len())
            });
            for byte in words {
                let pin = asked(&mut study, Spot::Output(byte), None);
                let Some(range) = pin.uses.get(pin.at).filter(|range| range.contains(&byte)) else { continue };
                if let [value] = pin.values.as_slice() {
                    let back = asked(&mut study, Spot::File(value.path.clone(), value.bytes.start), None);
                    assert!(back.uses.contains(range), "{} {value:?} {range:?} {back:?}", sample.name);
                    let at = back.uses.iter().position(|used| used == range);
                    let back = asked(&mut study, Spot::File(value.path.clone(), value.bytes.start), at);
                    assert_eq!((&back.template, &back.values), (&pin.template, &pin.values));
                    pinned += 1;
                }
            }
        }
        assert!(pinned > 50, "{pinned}");
    }
}
