//! From rendered text back to the files of the chart: places for problems, colours for words.

use std::cell::OnceCell;
use std::ops::Range;

use super::analysis::{Source, Tint};
use super::outline::in_chart;
use super::{Content, Experiment, FilePath, Place};
use crate::source::{
    FileId, Files, FrameKind, LineIndex, Origin, OriginKind, Position, Read, ReadsId, Role, Run, Runs, Span, Step,
    Trace,
};
use crate::value::Text;
use crate::yaml;

/// Finds places in the files of a chart.
pub(super) struct Atlas<'a> {
    experiment: &'a Experiment,
    files: &'a Files,
    values: OnceCell<Option<yaml::Document>>,
}

impl<'a> Atlas<'a> {
    /// An atlas of a chart, and of the table of files that spans point into.
    pub(super) fn new(experiment: &'a Experiment, files: &'a Files) -> Self {
        Self { experiment, files, values: OnceCell::new() }
    }

    /// The place of a span, if it is in a file of the chart.
    pub(super) fn place(&self, span: Span) -> Option<Place> {
        let path = self.path(span.file)?;
        self.at(path, span.range())
    }

    /// The place of an error. Where the span says only which file, a line in Helm's words says more.
    pub(super) fn place_of_error(&self, span: Option<Span>, words: &str) -> Option<Place> {
        let named = || self.experiment.files.keys().find(|path| words.contains(path.as_str())).cloned();
        let path = match span {
            Some(span) if !span.is_empty() => return self.place(span),
            Some(span) => self.path(span.file),
            None => named(),
        }?;
        let start = span.map_or(0, |span| span.start as usize);
        // At the first byte stands what has no better place; at the end, what the reader missed until there.
        let end = self.experiment.file(&path).map_or(0, |content| content.bytes().trim_ascii_end().len());
        let line = line_in(words).filter(|_| start == 0 || start >= end);
        let bytes = line.and_then(|line| self.line(&path, line)).unwrap_or(start..start);
        self.at(path, bytes)
    }

    /// The place of an error that is known to be in this file: its line, if the words name one.
    pub(super) fn place_in(&self, path: &FilePath, words: &str) -> Option<Place> {
        let bytes = line_in(words).and_then(|line| self.line(path, line)).unwrap_or_default();
        self.at(path.clone(), bytes)
    }

    /// Where a piece of rendered text comes from: the template text that printed it, and the values it holds.
    pub(super) fn of_text(&self, text: &Text, range: Range<usize>, trace: &Trace) -> (Option<Place>, Vec<Place>) {
        let Some(runs) = text.runs() else { return (None, Vec::new()) };
        let first = runs.at(range.start).and_then(|(covered, run)| Some((covered, run, *trace.origin(run.origin)?)));
        let place = first.and_then(|(covered, run, origin)| self.place(narrowed(&origin, run, &covered, &range)));
        let mut also = Vec::new();
        for (covered, run) in runs.ranges().skip_while(|(covered, _)| covered.end <= range.start) {
            if covered.start >= range.end {
                break;
            }
            let reads = trace.origin(run.origin).map_or(ReadsId::NONE, |origin| origin.reads);
            also.extend(trace.reads(reads).iter().filter_map(|read| self.value(*read, trace)));
        }
        also.sort_by_key(|place| place.bytes.start);
        also.dedup();
        (place, also)
    }

    /// A range of a file, as a place.
    pub(super) fn in_file(&self, path: FilePath, bytes: Range<usize>) -> Option<Place> {
        self.at(path, bytes)
    }

    /// Where a path below `Values` stands in the chart's own values.
    pub(super) fn in_values(&self, path: &[Step]) -> Option<Place> {
        let place = self.values()?.place(path)?;
        let start = place.key.map_or(place.value.span.start, |key| key.span.start);
        self.at(FilePath::values(), start..place.value.span.end.max(start))
    }

    /// Where a value stands in the chart's own values, if it feeds.
    fn value(&self, read: Read, trace: &Trace) -> Option<Place> {
        let steps: Vec<Step> = trace.steps(read.path).into_iter().cloned().collect();
        let (first, below) = steps.split_first()?;
        if read.role == Role::Decides || *first != Step::Key("Values".into()) {
            return None;
        }
        self.in_values(below)
    }

    /// The chart's own values with their places, read when first asked for.
    fn values(&self) -> Option<&yaml::Document> {
        let read = || {
            let text = self.experiment.file(&FilePath::values())?.text()?;
            yaml::parse(text.as_bytes()).ok()?.into_iter().next()
        };
        self.values.get_or_init(read).as_ref()
    }

    /// The number of a file among those that spans point into, and its text.
    pub(super) fn file(&self, path: &FilePath) -> Option<(FileId, &[u8])> {
        let is_it = |(_, file): &(FileId, &crate::source::File)| self.named(&file.path).as_ref() == Some(path);
        let (id, file) = self.files.iter().find(is_it)?;
        Some((id, &file.text))
    }

    /// A piece of a file.
    pub(super) fn at(&self, path: FilePath, bytes: Range<usize>) -> Option<Place> {
        let text = self.experiment.file(&path)?.bytes();
        let bytes = bytes.start.min(text.len())..bytes.end.clamp(bytes.start.min(text.len()), text.len());
        let position = Position::of(text, bytes.start);
        Some(Place { path, line: position.line, column: position.column, bytes })
    }

    /// The content of a line, from 1.
    fn line(&self, path: &FilePath, line: usize) -> Option<Range<usize>> {
        let text = self.experiment.file(path).and_then(Content::text)?;
        let index = LineIndex::new(text.as_bytes());
        let start = index.start_of(line.checked_sub(1)?)?;
        let content = text.get(start..)?.lines().next().unwrap_or_default();
        let indent = content.len() - content.trim_start().len();
        Some(start + indent..start + content.trim_end().len())
    }

    fn path(&self, file: FileId) -> Option<FilePath> {
        self.named(&self.files.get(file)?.path)
    }

    /// The file that Helm calls so.
    pub(super) fn named(&self, named: &str) -> Option<FilePath> {
        let is_here = |path: &FilePath| self.experiment.files.contains_key(path);
        let own = FilePath::read(named).ok().filter(is_here);
        own.or_else(|| in_chart(named).filter(is_here))
    }
}

/// The `N` of `line N` in an error of the YAML reader.
fn line_in(words: &str) -> Option<usize> {
    let (_, after) = words.split_once("line ")?;
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    after.get(..end)?.parse().ok()
}

/// Of literal text, the very bytes that are meant; of anything else, all of the node that printed it.
fn narrowed(origin: &Origin, run: Run, covered: &Range<usize>, wanted: &Range<usize>) -> Span {
    if origin.kind != OriginKind::Literal || run.at == Run::WHOLE {
        return origin.span;
    }
    let base = origin.span.start as usize + run.at as usize;
    let start = base + wanted.start.saturating_sub(covered.start);
    let end = base + wanted.end.min(covered.end).saturating_sub(covered.start);
    Span::new(origin.span.file, start..end.max(start))
}

/// The colours of a text: by where each of its words comes from.
pub(super) fn tints(text: &Text, trace: &Trace) -> Vec<Tint> {
    let mut tints: Vec<Tint> = Vec::new();
    let runs = text.runs().into_iter().flat_map(Runs::ranges);
    for (range, run) in runs {
        let Some(source) = trace.origin(run.origin).and_then(|origin| source(origin, trace)) else { continue };
        let (start, end) = (short(range.start), short(range.end));
        match tints.last_mut().filter(|last| last.1 == start && last.2 == source) {
            Some(last) => last.1 = end,
            None => tints.push(Tint(start, end, source)),
        }
    }
    tints
}

/// Literal text of the template itself has no colour. Text out of a helper has the helper's, whatever it is made of.
fn source(origin: &Origin, trace: &Trace) -> Option<Source> {
    let is_helper = |kind: &FrameKind| matches!(kind, FrameKind::Include(_));
    if trace.frames(origin.frame).any(|frame| is_helper(&frame.kind)) {
        return Some(Source::Helper);
    }
    let feeding = trace.reads(origin.reads).iter().filter(|read| read.role != Role::Decides);
    let mut roots = feeding.filter_map(|read| trace.first_step(read.path)).peekable();
    roots.peek()?;
    let is_values = |step: &Step| matches!(step, Step::Key(key) if &**key == "Values");
    Some(if roots.any(is_values) { Source::Values } else { Source::Chart })
}

fn short(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
