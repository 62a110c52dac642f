//! From a piece of rendered text to the piece of a template, or of the values, that decides it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Edit;
use crate::source::{File, FileId, Files, Origin, OriginKind, PathId, Read, Role, Run, Span, Step, Trace};
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
    let mut text = text.to_owned();
    let (file, range) = if range.is_empty() {
        let (file, at) = place.point(range.start, &text, files)?;
        text = place.indented(range.start, text, files.get(file)?, at.start)?;
        (file, at)
    } else if let Some(origin) = place.whole(range).filter(|_| is_value) {
        let written = document.as_bytes().get(range.clone())?;
        value(&origin, files, trace).filter(|(file, span)| is_printed_as_it_is(files, *file, span, written))?
    } else if is_value && !place.is_literal(range) {
        // What decides it would be lost.
        return None;
    } else {
        let lines = [Some(range.clone()), line_above(document, range)];
        let found = lines.into_iter().flatten().find_map(|range| place.stretch(&range, files));
        found.filter(|(file, range)| !(text.is_empty() && is_last_reader(*file, range, trace)))?
    };
    Some(Edit { path: files.get(file)?.path.clone(), range, text })
}

/// The edit of the value that an action prints as it is. `None` where the template itself says it.
pub(super) fn in_values(
    document: &Text,
    range: &Range<usize>,
    text: &str,
    files: &Files,
    trace: &Trace,
) -> Option<Edit> {
    Pieces { document, trace }.whole(range)?;
    edit(document, range, text, true, files, trace)
}

/// Whether an edit is in a value that other actions print, too, or that decides what is printed elsewhere: then more
/// changes than was meant.
pub(super) fn is_shared(document: &Text, range: &Range<usize>, text: &str, files: &Files, trace: &Trace) -> bool {
    let Some(origin) = (Pieces { document, trace }).whole(range) else { return false };
    let fed = |origin: &Origin| trace.reads(origin.reads).iter().filter(|read| read.role == Role::Feeds);
    let paths: Vec<_> = fed(&origin).map(|read| read.path).collect();
    let others = trace.origins().iter().filter(|other| other.kind != OriginKind::Literal && other.span != origin.span);
    let is_printed = others.flat_map(fed).any(|read| paths.contains(&read.path));
    is_printed || decides(&paths, text, files, trace)
}

/// Whether a condition comes out otherwise once one of these values is another one.
fn decides(paths: &[PathId], text: &str, files: &Files, trace: &Trace) -> bool {
    let is_off = matches!(text.trim_matches('"'), "" | "0" | "false");
    let mut conditions =
        trace.conditions().filter(|(_, reads)| trace.reads(*reads).iter().any(|read| paths.contains(&read.path)));
    conditions.any(|(span, _)| {
        let condition = String::from_utf8_lossy(files.text(span));
        let mut words = condition.split(|c: char| !c.is_alphanumeric());
        is_off || words.any(|word| COMPARING.contains(&word))
    })
}

/// The functions to which it matters which value it is.
const COMPARING: [&str; 12] =
    ["eq", "ne", "lt", "le", "gt", "ge", "has", "contains", "hasPrefix", "hasSuffix", "mustHas", "regexMatch"];

/// Whether an edit takes the only action away that prints a value: nobody would read that any more.
fn is_last_reader(file: FileId, range: &Range<usize>, trace: &Trace) -> bool {
    let is_gone = |origin: &&Origin| {
        let span = origin.span.range();
        origin.span.file == file && range.start <= span.start && span.end <= range.end
    };
    let printing = trace.origins().iter().filter(|origin| origin.kind != OriginKind::Literal);
    let (gone, rest): (Vec<_>, Vec<_>) = printing.partition(is_gone);
    let is_value = |path: &PathId| matches!(trace.first_step(*path), Some(Step::Key(first)) if &**first == "Values");
    let read = |origin: &Origin| trace.reads(origin.reads).iter();
    let gone: BTreeSet<PathId> = gone.into_iter().flat_map(read).map(|read| read.path).filter(is_value).collect();
    if gone.is_empty() {
        return false;
    }
    // What is printed is read with all that is in it; a condition reads what it names.
    let kept: BTreeSet<&Read> = rest.into_iter().flat_map(read).collect();
    let asked: BTreeSet<PathId> =
        trace.conditions().flat_map(|(_, reads)| trace.reads(reads)).map(|read| read.path).collect();
    let is_kept = |path: &PathId| {
        // Who hands the dot on reads nothing of it yet.
        let is_whole = |read: &Read| read.role != Role::Decides && read.path != PathId::ROOT;
        let is_around = |read: &Read| is_whole(read) && trace.is_below(*path, read.path);
        asked.contains(path) || kept.iter().any(|read| read.path == *path || is_around(read))
    };
    !gone.iter().all(is_kept)
}

/// Whether a value stands in its file as it is printed, quotes aside: what a template makes something else of can't be
/// set there.
fn is_printed_as_it_is(files: &Files, file: FileId, span: &Range<usize>, printed: &[u8]) -> bool {
    let bare = |text: &[u8]| String::from_utf8_lossy(text).trim_matches(['"', '\'']).to_owned();
    let written = files.get(file).and_then(|file| file.text.get(span.clone()));
    written.is_some_and(|written| bare(written) == bare(printed))
}

/// The same lines from the end of the line above to their own end: where a template trims white space, the end of a line
/// may be written far below.
fn line_above(document: &Text, lines: &Range<usize>) -> Option<Range<usize>> {
    let is_newline = |at: Option<usize>| at.and_then(|at| document.as_bytes().get(at)) == Some(&b'\n');
    let (above, last) = (lines.start.checked_sub(1), lines.end.checked_sub(1));
    (is_newline(above) && is_newline(last)).then_some(above?..last?)
}

/// The edit that puts functions behind the action that printed a piece of text, and nothing but that.
pub(super) fn piped(
    document: &Text,
    range: &Range<usize>,
    functions: &str,
    files: &Files,
    trace: &Trace,
) -> Option<Edit> {
    let (origin, quotes) = Pieces { document, trace }.printer(range)?;
    let file = files.get(origin.span.file)?;
    let action = std::str::from_utf8(files.text(origin.span)).ok()?;
    let at = origin.span.range().start + end_of_pipeline(action, quotes)?;
    Some(Edit { path: file.path.clone(), range: at..at, text: format!(" | {functions}") })
}

/// Who writes the quotes around what an action prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// Nobody, or the template's text.
    Outside,
    /// The action's last function.
    Last,
}

/// Where a further function goes: behind the last one or, where that one makes the quotes, before it.
fn end_of_pipeline(action: &str, quotes: Quotes) -> Option<usize> {
    let body = action.strip_suffix("}}").unwrap_or(action);
    let body = body.strip_suffix("-").filter(|rest| rest.ends_with(char::is_whitespace)).unwrap_or(body).trim_end();
    let inner = body.trim_start_matches('{').trim_start_matches('-').trim_start();
    let word = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_control = matches!(word, "if" | "else" | "end" | "with" | "range" | "define" | "block" | "template");
    if is_control || inner.contains(":=") || inner.starts_with("/*") {
        return None;
    }
    let end = if quotes == Quotes::Last {
        body.strip_suffix("quote")?.trim_end().strip_suffix('|')?.trim_end()
    } else {
        body
    };
    Some(end.len())
}

/// How many spaces the line of a byte begins with.
fn indentation(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    text.get(start..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count()
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
        if origin.kind != OriginKind::Literal || run.at == Run::WHOLE {
            return None;
        }
        let at = origin.span.range().start + run.at as usize + byte.checked_sub(covered.start)?;
        Some((origin.span.file, at))
    }

    /// Where to put a text in: a new line goes behind what stands before it, and anything else before what follows.
    fn point(&self, byte: usize, text: &str, files: &Files) -> Option<(FileId, Range<usize>)> {
        let before = || self.literal(byte.checked_sub(1)?).map(|(file, at)| (file, at + 1));
        let found = if text.starts_with('\n') {
            before().or_else(|| self.literal(byte).filter(|(file, at)| self.is_right_behind(byte, *file, *at, files)))
        } else {
            self.literal(byte).or_else(before)
        };
        found.map(|(file, at)| (file, at..at))
    }

    /// Whether a byte of a file stands right behind the action that printed what is before.
    fn is_right_behind(&self, byte: usize, file: FileId, at: usize, files: &Files) -> bool {
        let action = byte.checked_sub(1).and_then(|before| self.at(before)).map(|(.., origin)| origin.span);
        let Some(action) = action.filter(|action| action.file == file) else { return false };
        let between = files.get(file).and_then(|file| file.text.get(action.range().end..at));
        between.is_some_and(|between| !String::from_utf8_lossy(between).contains("{{"))
    }

    /// The piece of a file that a piece of the text comes from. `None` where something stands in it that would go, too.
    fn stretch(&self, range: &Range<usize>, files: &Files) -> Option<(FileId, Range<usize>)> {
        let ((file, start), (other, end)) = (self.start(range.start)?, self.end(range.end)?);
        let text = files.get(file).filter(|_| file == other)?.text.get(start..end)?;
        let text = std::str::from_utf8(text).ok()?;
        let printing: Vec<Range<usize>> = self.spans_within(range, file).collect();
        let mut actions = text.match_indices("{{").map(|(at, _)| {
            let length = text.get(at..).and_then(|rest| rest.find("}}")).unwrap_or(0);
            start + at..start + at + length
        });
        let is_all = actions.all(|action| printing.iter().any(|span| action.contains(&span.start)));
        // Of what an action prints a part can't go.
        let around = [range.start.checked_sub(1), Some(range.end)].into_iter().flatten();
        let is_part = around.filter_map(|byte| self.at(byte)).any(|(.., origin)| {
            let own = Some(origin.span).filter(|_| origin.kind != OriginKind::Literal);
            let calls = self.trace.frames(origin.frame).filter_map(|frame| frame.span);
            let is_within = |span: Span| span.file == file && start <= span.range().start && span.range().end <= end;
            calls.chain(own).any(is_within)
        });
        (is_all && !is_part).then_some((file, start..end))
    }

    /// The text as it is to be written in a file, whose lines may be indented otherwise than those that are rendered: what a
    /// helper prints is. `None` where that can't be told.
    fn indented(&self, byte: usize, text: String, file: &File, at: usize) -> Option<String> {
        let Some((first, rest)) = text.split_once('\n') else { return Some(text) };
        let (rendered, written) = (indentation(self.document.as_bytes(), byte), indentation(&file.text, at));
        if rendered == written {
            return Some(text);
        }
        let own = rest.len() - rest.trim_start_matches(' ').len();
        let own = (own + written).checked_sub(rendered)?;
        Some(format!("{first}\n{}{}", " ".repeat(own), rest.trim_start_matches(' ')))
    }

    /// The places of the actions that printed something in a piece.
    fn spans_within(&self, range: &Range<usize>, file: FileId) -> impl Iterator<Item = Range<usize>> {
        let origins = self.runs_within(range).filter_map(|(_, run)| self.trace.origin(run.origin));
        let calls = origins.flat_map(|origin| {
            let frames = self.trace.frames(origin.frame).filter_map(|frame| frame.span);
            frames.chain(std::iter::once(origin.span))
        });
        calls.filter(move |span| span.file == file).map(Span::range)
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

    /// The action that printed a piece and nothing else, and who wrote the quotes around it.
    fn printer(&self, range: &Range<usize>) -> Option<(Origin, Quotes)> {
        let is_quote = |at: Option<usize>| at.and_then(|at| self.document.as_bytes().get(at)) == Some(&b'"');
        let is_quoted = range.len() > 1 && is_quote(Some(range.start)) && is_quote(range.end.checked_sub(1));
        if is_quoted && self.is_literal(&(range.start..range.start + 1)) {
            return Some((self.sole_action(&(range.start + 1..range.end - 1))?, Quotes::Outside));
        }
        Some((self.sole_action(range)?, if is_quoted { Quotes::Last } else { Quotes::Outside }))
    }

    /// The one action that printed all of a piece, which begins and ends with it. What it prints may be of several parts.
    fn sole_action(&self, range: &Range<usize>) -> Option<Origin> {
        let runs: Vec<_> = self.runs_within(range).collect();
        let ((first, _), (last, _)) = (runs.first()?, runs.last()?);
        let mut origins = runs.iter().map(|(_, run)| self.trace.origin(run.origin));
        let origin = *origins.next()??;
        let is_same = |other: Option<&Origin>| {
            other.is_some_and(|other| other.span == origin.span && other.kind != OriginKind::Literal)
        };
        let is_whole = first.start == range.start && last.end == range.end;
        (is_whole && origin.kind != OriginKind::Literal && origins.all(is_same)).then_some(origin)
    }

    fn runs_within(&self, range: &Range<usize>) -> impl Iterator<Item = (Range<usize>, Run)> {
        let runs = self.document.runs().into_iter();
        let end = range.end;
        runs.flat_map(|runs| runs.ranges_from(range.start)).take_while(move |(covered, _)| covered.start < end)
    }

    /// Whether all of a piece is the templates' own text.
    fn is_literal(&self, range: &Range<usize>) -> bool {
        let mut runs = self.runs_within(range).peekable();
        let is_literal =
            |run: Run| self.trace.origin(run.origin).is_some_and(|origin| origin.kind == OriginKind::Literal);
        runs.peek().is_some() && runs.all(|(_, run)| is_literal(run))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_go_behind_the_last_or_before_the_quotes() {
        let with = |action: &str, is_quoted: bool| {
            let end = end_of_pipeline(action, if is_quoted { Quotes::Last } else { Quotes::Outside })?;
            Some(format!("{} | f{}", action.get(..end)?, action.get(end..)?))
        };
        assert_eq!(with("{{ .Values.a }}", false).as_deref(), Some("{{ .Values.a | f }}"));
        assert_eq!(with("{{- .Values.a -}}", false).as_deref(), Some("{{- .Values.a | f -}}"));
        assert_eq!(with("{{ .Values.a | quote }}", true).as_deref(), Some("{{ .Values.a | f | quote }}"));
        assert_eq!(with(".Values.a", false).as_deref(), Some(".Values.a | f"));
        for none in ["{{ template \"a\" . }}", "{{ if .a }}", "{{ $a := 1 }}"] {
            assert_eq!(with(none, false), None);
        }
        assert_eq!(with("{{ .Values.a }}", true), None, "who writes the quotes isn't known");
    }
}
