//! The spaces and newlines that `{{-` and `-}}` took away, each at the place in the output where it would stand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::source_map::Provenance;
use crate::source::{FrameId, FrameKind, OriginKind, Run, Span};

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
    /// What trim markers took away, in the order of the output: beside what is printed, and between actions that print
    /// nothing on the way from there.
    pub fn trimmed(&self) -> Vec<Trimmed> {
        let Some(runs) = self.printed.text.runs() else { return Vec::new() };
        let taken: BTreeSet<Span> = self.trace.taken().collect();
        let mut found: Vec<Trimmed> = Vec::new();
        let mut sources = BTreeSet::new();
        for (covered, run) in runs.ranges() {
            let Some(origin) = self.trace.origin(run.origin) else { continue };
            let around = match origin.kind {
                OriginKind::Literal if run.at != Run::WHOLE => self.around_text(origin.span, run.at as usize, &covered),
                OriginKind::Action => self.around_action(origin.span),
                OriginKind::Literal | OriginKind::Inserted => continue,
            };
            let [before, after] = around;
            let is_first = sources.insert(self.file_of(origin.frame));
            let ahead = if is_first { self.silent(Span::point(origin.span.file, 0), &taken) } else { Vec::new() };
            for white in ahead.into_iter().chain(before) {
                note(&mut found, covered.start, white);
            }
            let is_action = origin.kind == OriginKind::Action;
            let own_end = if is_action { self.closed(origin.span) } else { None };
            let own_end = own_end.unwrap_or(origin.span.range().end);
            let end = after.map_or(own_end, |(white, _)| white.range().end);
            let is_whole = is_action || run.at as usize + covered.len() == origin.span.len();
            let behind = if is_whole { self.silent(Span::point(origin.span.file, end), &taken) } else { Vec::new() };
            for white in after.into_iter().chain(behind) {
                note(&mut found, covered.end, white);
            }
        }
        found
    }

    /// The file whose rendering a frame belongs to, by the number of its frame.
    fn file_of(&self, frame: FrameId) -> Option<&str> {
        let mut frames = self.trace.frames(frame);
        frames.find_map(|frame| if let FrameKind::File(name) = &frame.kind { Some(&**name) } else { None })
    }

    /// The white space that trim markers took away from a place on, until something is printed or it isn't known where
    /// the execution went.
    fn silent(&self, from: Span, taken: &BTreeSet<Span>) -> Vec<(Span, bool)> {
        let (file, text) = (from.file, self.file(from));
        let (mut at, mut found) = (from.range().start, Vec::new());
        while let Some(rest) = text.get(at..) {
            let blank = rest.len() - rest.trim_ascii_start().len();
            let opened = at + blank;
            if blank > 0 {
                let white = Span::new(file, at..opened);
                let by_left = self.left_of(white, opened).is_some();
                if !by_left && self.right_of(white, at).is_none() {
                    break;
                }
                found.push((white, by_left));
            }
            let Some(end) = text.get(opened..).and_then(silent_action).map(|len| opened + len) else { break };
            let inside = Span::point(file, opened)..Span::point(file, end);
            let is_branch = is_branch(text.get(opened..end).unwrap_or_default());
            if is_branch && taken.range(inside).next().is_none() {
                break;
            }
            at = end;
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
        let before = opened.and_then(|at| self.left_of(span, at));
        let behind = self.closed(span).and_then(|at| self.right_of(span, at));
        [before, behind]
    }

    /// Where the action of a pipeline ends.
    fn closed(&self, span: Span) -> Option<usize> {
        let behind = self.file(span).get(span.range().end..)?;
        Some(span.range().end + behind.windows(2).position(|two| two == b"}}")? + 2)
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

/// What was taken away twice at the same place counts once.
fn note(found: &mut Vec<Trimmed>, at: usize, (span, is_left): (Span, bool)) {
    let is_known = found.iter().rev().take_while(|last| last.at == at).any(|last| last.span == span);
    if !is_known {
        found.push(Trimmed { at, span, is_left });
    }
}

/// The length of the action that a text begins with, if it prints nothing whatever values are: a condition, an `end`, an
/// assignment, a comment.
fn silent_action(text: &[u8]) -> Option<usize> {
    let inside = text.strip_prefix(b"{{")?;
    let end = if word(inside).starts_with(b"/*") {
        let comment = inside.windows(2).position(|two| two == b"*/")?;
        comment + inside.get(comment..)?.windows(2).position(|two| two == b"}}")?
    } else {
        closing(inside)?
    };
    let word = word(inside);
    let is_silent = word.starts_with(b"/*") || is_branch(text) || starts_word(word, b"end") || is_assignment(word);
    is_silent.then_some(2 + end + 2)
}

/// Whether an action opens a branch.
fn is_branch(action: &[u8]) -> bool {
    let word = word(action.strip_prefix(b"{{").unwrap_or(action));
    [&b"if"[..], b"with", b"range"].iter().any(|name| starts_word(word, name))
}

/// `$a := …`, `$a = …`
fn is_assignment(word: &[u8]) -> bool {
    let name = word.strip_prefix(b"$").unwrap_or_default();
    let rest = name.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').unwrap_or(name.len());
    let rest = name.get(rest..).unwrap_or_default().trim_ascii_start();
    word.starts_with(b"$") && (rest.starts_with(b":=") || rest.starts_with(b"="))
}

/// What stands behind `{{` or `{{-`.
fn word(inside: &[u8]) -> &[u8] {
    let trimmed = matches!(inside, [b'-', b' ' | b'\t' | b'\n' | b'\r', ..]);
    inside.get(usize::from(trimmed)..).unwrap_or_default().trim_ascii_start()
}

fn starts_word(text: &[u8], name: &[u8]) -> bool {
    text.strip_prefix(name).is_some_and(|rest| rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
}

/// Where an action ends: braces in texts are none of its own.
fn closing(inside: &[u8]) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, two) in inside.windows(2).enumerate() {
        let [byte, next] = *two else { continue };
        match quote {
            Some(_) if escaped => escaped = false,
            Some(b'"') if byte == b'\\' => escaped = true,
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'`') => quote = Some(byte),
            None if (byte, next) == (b'}', b'}') => return Some(at),
            Some(_) | None => {}
        }
    }
    None
}
