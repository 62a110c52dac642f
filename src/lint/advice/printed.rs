//! Printed text that isn't YAML: blocks that are indented too little or too much.
//!
//! What might mend it is tried on the text; what lets it be read is offered.

use std::ops::Range;

use super::{Advice, Case, Way, quoting};
use crate::source::{FileId, Span};
use crate::value::Text;
use crate::yaml;

/// Larger texts are not tried.
const LARGEST: usize = 200_000;

/// Lines before and behind the place where the reader gave up that may be at fault.
const AROUND: usize = 3;

/// Deeper than this nobody indents.
const DEEPEST: usize = 24;

pub(super) fn advise(case: &Case) -> Option<Advice> {
    let text = case.stop.text.as_ref().filter(|text| text.len() < LARGEST)?;
    let error = yaml::decode(text.as_bytes()).err()?;
    let printed = Printed::of(text, error)?;
    quoting::advise(case, &printed).or_else(|| indented(case, &printed))
}

/// A text that isn't YAML, by its lines.
pub(super) struct Printed<'a> {
    pub(super) text: &'a Text,
    pub(super) written: &'a str,
    pub(super) error: yaml::Error,
    /// The lines, without their ends.
    pub(super) lines: Vec<Range<usize>>,
    /// The numbers of those that may be at fault.
    pub(super) suspects: Range<usize>,
}

impl<'a> Printed<'a> {
    fn of(text: &'a Text, error: yaml::Error) -> Option<Self> {
        let written = std::str::from_utf8(text.as_bytes()).ok()?;
        let mut start = 0;
        let lines: Vec<Range<usize>> = written
            .split_inclusive('\n')
            .map(|line| {
                let range = start..start + line.trim_end_matches(['\n', '\r']).len();
                start += line.len();
                range
            })
            .collect();
        let number = |at: usize| lines.partition_point(|line| line.start <= at).saturating_sub(1);
        let last = number(error.span.start);
        let first = error.construct.map_or(last, number).min(last).max(last.saturating_sub(4 * AROUND));
        let suspects = first.saturating_sub(AROUND)..(last + AROUND + 1).min(lines.len());
        Some(Self { text, written, error, lines, suspects })
    }

    /// Whether a text can be read.
    pub(super) fn reads(text: &str) -> bool {
        yaml::decode(text.as_bytes()).is_ok()
    }
}

/// A call that indents: its action, and the number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Indenter {
    file: FileId,
    /// The digits.
    digits: Range<usize>,
    /// `nindent` or `indent`.
    function: &'static str,
    by: usize,
}

/// Another number behind `nindent`.
fn indented(case: &Case, printed: &Printed) -> Option<Advice> {
    let all: Vec<Option<Indenter>> = printed.lines.iter().map(|line| indenter(case, printed, line)).collect();
    let mut tried: Vec<Indenter> = Vec::new();
    for (number, indenter) in all.iter().enumerate().filter(|(number, _)| printed.suspects.contains(number)) {
        let Some(indenter) = indenter.clone() else { continue };
        if tried.contains(&indenter) {
            continue;
        }
        if let Some(by) = better(printed, &all, &indenter) {
            return told(case, &indenter, by, number);
        }
        tried.push(indenter);
    }
    None
}

fn told(case: &Case, indenter: &Indenter, by: usize, line: usize) -> Option<Advice> {
    let Indenter { file, digits, function, by: was } = indenter;
    let path = &case.files.get(*file)?.path;
    let at = case.files.position(Span::new(*file, digits.clone()))?.line;
    let name = path.rsplit('/').next()?;
    let message = format!(
        "Line {} of the document is indented {was}, its siblings {by}. Printed by {name}:{at} through `{function} {was}`.",
        line + 1
    );
    let edit = case.edit(*file, digits.clone(), by.to_string())?;
    Some(Advice { message: Some(message), ways: vec![Way::safe(format!("Write {function} {by}"), edit)] })
}

/// The call that indented a line.
fn indenter(case: &Case, printed: &Printed, line: &Range<usize>) -> Option<Indenter> {
    let written = printed.written.get(line.clone())?;
    let first = line.start + written.find(|c: char| c != ' ')?;
    let (_, run) = printed.text.runs()?.at(first)?;
    let origin = case.trace.origin(run.origin)?;
    let around = case.trace.frames(origin.frame).filter_map(|frame| frame.span);
    std::iter::once(origin.span).chain(around).find_map(|span| called(case, span))
}

/// `nindent 4` in the action around a span.
fn called(case: &Case, span: Span) -> Option<Indenter> {
    let action = case.action(span)?;
    let text = case.text(span.file).get(action.clone())?;
    ["nindent ", "indent "].into_iter().find_map(|name| {
        let at = text.rfind(name)? + name.len();
        let rest = text.get(at..)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let by = rest.get(..digits)?.parse().ok()?;
        let function = if name == "nindent " { "nindent" } else { "indent" };
        let start = action.start + at;
        Some(Indenter { file: span.file, digits: start..start + digits, function, by })
    })
}

/// The number with which the text can be read: that of the lines around, or else the nearest.
fn better(printed: &Printed, all: &[Option<Indenter>], indenter: &Indenter) -> Option<usize> {
    let is_own = |number: usize| all.get(number).and_then(Option::as_ref) == Some(indenter);
    let beside = |number: usize| !is_own(number) && (is_own(number + 1) || (number > 0 && is_own(number - 1)));
    let indents = printed.lines.iter().enumerate().filter(|(number, _)| beside(*number));
    let siblings: Vec<usize> = indents.filter_map(|(_, line)| indent_of(printed.written.get(line.clone())?)).collect();
    let reads = |by: &usize| Printed::reads(&shifted(printed, &is_own, indenter.by, *by));
    let others = (0..=DEEPEST).filter(|by| *by != indenter.by).filter(reads);
    others.min_by_key(|by| (!siblings.contains(by), by.abs_diff(indenter.by)))
}

fn indent_of(line: &str) -> Option<usize> {
    line.find(|c: char| c != ' ')
}

/// The text with some of its lines indented otherwise.
fn shifted(printed: &Printed, is_own: &dyn Fn(usize) -> bool, was: usize, by: usize) -> String {
    let mut text = String::with_capacity(printed.written.len() + 64);
    for (number, line) in printed.lines.iter().enumerate() {
        let line = printed.written.get(line.clone()).unwrap_or_default();
        if is_own(number) {
            let spaces = indent_of(line).unwrap_or(0).min(was);
            text.push_str(&" ".repeat(by));
            text.push_str(line.get(spaces..).unwrap_or_default());
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}
