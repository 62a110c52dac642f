//! From a piece of rendered text to the piece of a template, or of the values, that decides it.

use std::ops::Range;

use super::Edit;
use crate::source::{FileId, Files, Origin, OriginKind, Role, Run, Step, Trace};
use crate::value::Text;
use crate::yaml;

/// The edit of a file that gives an edit of rendered text. `None` where its place isn't known to the byte.
pub(super) fn edit(
    document: &Text,
    range: &Range<usize>,
    text: &str,
    is_value: bool,
    files: &Files,
    trace: &Trace,
) -> Option<Edit> {
    let place = Pieces { document, trace };
    let (file, range) = if range.is_empty() {
        place.point(range.start)?
    } else if let Some(origin) = place.whole(range).filter(|_| is_value) {
        value(&origin, files, trace)?
    } else {
        let ((file, start), (other, end)) = (place.start(range.start)?, place.end(range.end)?);
        (file, (file == other && start <= end).then_some(start..end)?)
    };
    Some(Edit { path: files.get(file)?.path.clone(), range, text: text.to_owned() })
}

struct Pieces<'a> {
    document: &'a Text,
    trace: &'a Trace,
}

impl Pieces<'_> {
    fn at(&self, byte: usize) -> Option<(Range<usize>, Run, Origin)> {
        let (covered, run) = self.document.runs()?.at(byte)?;
        Some((covered, run, *self.trace.origin(run.origin)?))
    }

    /// Where a byte of literal text stands.
    fn literal(&self, byte: usize) -> Option<(FileId, usize)> {
        let (covered, run, origin) = self.at(byte)?;
        let is_literal = origin.kind == OriginKind::Literal && run.at != Run::WHOLE;
        let at = origin.span.range().start + run.at as usize + byte.checked_sub(covered.start)?;
        is_literal.then_some((origin.span.file, at))
    }

    /// Where to put something in.
    fn point(&self, byte: usize) -> Option<(FileId, Range<usize>)> {
        let before = || self.literal(byte.checked_sub(1)?).map(|(file, at)| (file, at + 1));
        self.literal(byte).or_else(before).map(|(file, at)| (file, at..at))
    }

    fn start(&self, byte: usize) -> Option<(FileId, usize)> {
        let action = || {
            let (covered, _, origin) = self.at(byte)?;
            (covered.start == byte).then(|| (origin.span.file, origin.span.range().start))
        };
        self.literal(byte).or_else(action)
    }

    fn end(&self, byte: usize) -> Option<(FileId, usize)> {
        let last = byte.checked_sub(1)?;
        let action = || {
            let (covered, _, origin) = self.at(last)?;
            (covered.end == byte).then(|| (origin.span.file, origin.span.range().end))
        };
        self.literal(last).map(|(file, at)| (file, at + 1)).or_else(action)
    }

    /// The action that printed all of a piece.
    fn whole(&self, range: &Range<usize>) -> Option<Origin> {
        let (covered, _, origin) = self.at(range.start)?;
        (origin.kind != OriginKind::Literal && covered.end >= range.end).then_some(origin)
    }
}

/// Where the one value that an action prints stands in the chart's own values.
fn value(origin: &Origin, files: &Files, trace: &Trace) -> Option<(FileId, Range<usize>)> {
    let mut feeding = trace.reads(origin.reads).iter().filter(|read| read.role == Role::Feeds);
    let (read, None) = (feeding.next()?, feeding.next()) else { return None };
    let steps: Vec<Step> = trace.steps(read.path).into_iter().cloned().collect();
    let (_, below) = steps.split_first().filter(|(first, _)| **first == Step::Key("Values".into()))?;
    let chart = files.get(origin.span.file)?.path.split('/').next()?;
    let file = files.find(&format!("{chart}/values.yaml"))?;
    let document = yaml::parse(&files.get(file)?.text).ok()?.into_iter().next()?;
    Some((file, document.place(below)?.value.span.clone()))
}
