//! The spaces and newlines that `{{-` and `-}}` took away, each at the place in the output where it would stand.

use std::ops::Range;

use super::source_map::Provenance;
use crate::source::{OriginKind, Run, Span};

/// White space that a trim marker took away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// The byte of the output before which it would stand.
    pub at: usize,
    /// It, in its template.
    pub span: Span,
    /// Whether `{{-`, behind it, took it away; `-}}`, before it, otherwise.
    pub is_left: bool,
}

impl Provenance<'_> {
    /// What trim markers took away beside what is printed, in the order of the output. White space between two actions
    /// of which neither prints is beside nothing.
    pub fn trimmed(&self) -> Vec<Trimmed> {
        let Some(runs) = self.printed.text.runs() else { return Vec::new() };
        let mut found: Vec<Trimmed> = Vec::new();
        for (covered, run) in runs.ranges() {
            let Some(origin) = self.trace.origin(run.origin) else { continue };
            let around = match origin.kind {
                OriginKind::Literal if run.at != Run::WHOLE => self.around_text(origin.span, run.at as usize, &covered),
                OriginKind::Action => self.around_action(origin.span),
                OriginKind::Literal | OriginKind::Inserted => continue,
            };
            let [before, after] = around;
            let places = [(covered.start, before), (covered.end, after)];
            for (at, (span, is_left)) in places.into_iter().filter_map(|(at, span)| Some((at, span?))) {
                let is_known = found.last().is_some_and(|last| last.span == span && last.at == at);
                if !is_known {
                    found.push(Trimmed { at, span, is_left });
                }
            }
        }
        found
    }

    /// What was taken away before and behind a piece of literal text, as far as the piece reaches there.
    fn around_text(&self, span: Span, into: usize, covered: &Range<usize>) -> [Option<(Span, bool)>; 2] {
        let before = (into == 0).then(|| self.before(span, span.range().start)).flatten();
        let is_end = into + covered.len() == span.len();
        [before, is_end.then(|| self.behind(span, span.range().end)).flatten()]
    }

    /// What was taken away before and behind an action. Where text that is printed is beside it, that knows as well.
    fn around_action(&self, span: Span) -> [Option<(Span, bool)>; 2] {
        let text = self.file(span);
        let opened = text.get(..span.range().start).and_then(|text| text.windows(2).rposition(|two| two == b"{{"));
        let closed = text.get(span.range().end..).and_then(|text| text.windows(2).position(|two| two == b"}}"));
        let before = opened.and_then(|at| self.left_of(span, at));
        let behind = closed.and_then(|at| self.right_of(span, span.range().end + at + 2));
        [before, behind]
    }

    fn file(&self, span: Span) -> &[u8] {
        self.files.get(span.file).map(|file| &*file.text).unwrap_or_default()
    }

    /// White space that ends at a byte, with `-}}` before it.
    fn before(&self, span: Span, end: usize) -> Option<(Span, bool)> {
        let text = self.file(span).get(..end)?;
        let start = text.trim_ascii_end().len();
        self.right_of(span, start).filter(|(white, _)| white.range().end == end)
    }

    /// White space that begins at a byte, with `{{-` behind it.
    fn behind(&self, span: Span, start: usize) -> Option<(Span, bool)> {
        let rest = self.file(span).get(start..)?;
        let end = start + rest.len() - rest.trim_ascii_start().len();
        self.left_of(span, end).filter(|(white, _)| white.range().start == start)
    }

    /// The white space that the action which opens at a byte took away.
    fn left_of(&self, span: Span, opened: usize) -> Option<(Span, bool)> {
        let (before, action) = self.file(span).split_at_checked(opened)?;
        let trims = matches!(action, [b'{', b'{', b'-', b' ' | b'\t' | b'\n' | b'\r', ..]);
        let start = before.trim_ascii_end().len();
        (trims && start < opened).then(|| (Span::new(span.file, start..opened), true))
    }

    /// The white space that the action which closes before a byte took away.
    fn right_of(&self, span: Span, closed: usize) -> Option<(Span, bool)> {
        let (action, behind) = self.file(span).split_at_checked(closed)?;
        let trims = matches!(action, [.., b' ' | b'\t' | b'\n' | b'\r', b'-', b'}', b'}']);
        let end = closed + behind.len() - behind.trim_ascii_start().len();
        (trims && closed < end).then(|| (Span::new(span.file, closed..end), false))
    }
}
