//! Printed text that isn't YAML because a value would have to be quoted.

use std::ops::Range;

use super::printed::Printed;
use super::{Advice, Case, Way};
use crate::source::{OriginKind, Span};
use crate::yaml::{ErrorKind, Problem};

/// ` | quote` behind what printed a value.
pub(super) fn advise(case: &Case, printed: &Printed) -> Option<Advice> {
    let lines = printed.lines.get(printed.suspects.clone())?;
    let runs = printed.text.runs()?;
    let mut actions = lines.iter().flat_map(|line| {
        let within = runs.ranges_from(line.start).take_while(|(covered, _)| covered.start < line.end);
        within.filter(|(covered, _)| covered.start >= line.start && covered.end <= line.end + 1)
    });
    actions.find_map(|(covered, run)| {
        let origin = case.trace.origin(run.origin).filter(|origin| origin.kind == OriginKind::Action)?;
        let is_once = runs.ranges().filter(|(_, other)| other.origin == run.origin).count() == 1;
        let at = pipeline_end(case, origin.span).filter(|_| is_once && is_mended(printed, covered))?;
        let edit = case.edit(origin.span.file, at..at, " | quote")?;
        let ways = vec![Way::safe("Quote it with | quote", edit)];
        Some(Advice { message: Some(words(printed)), ways })
    })
}

/// Whether the text can be read with a piece in quotes.
fn is_mended(printed: &Printed, piece: Range<usize>) -> bool {
    let mended = || {
        let (before, after) = (printed.written.get(..piece.start)?, printed.written.get(piece.end..)?);
        let value = printed.written.get(piece.clone()).filter(|value| !value.trim().is_empty())?;
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        Some(Printed::reads(&[before, "\"", &quoted, "\"", after].concat()))
    };
    mended().unwrap_or(false)
}

/// Where a pipeline ends that is all of an action.
fn pipeline_end(case: &Case, span: Span) -> Option<usize> {
    let text = case.text(span.file);
    let (before, after) = (text.get(..span.range().start)?, text.get(span.range().end..)?);
    let is_all = before.trim_end().trim_end_matches('-').trim_end().ends_with("{{")
        && after.trim_start().trim_start_matches('-').starts_with("}}");
    let end = span.range().start + case.at(span).trim_end().len();
    (is_all && !case.at(span).contains("quote")).then_some(end)
}

fn words(printed: &Printed) -> String {
    if let ErrorKind::Syntax(Problem::ValueContext) = printed.error.kind {
        return "A `:` inside unquoted text starts a new key here.".to_owned();
    }
    "This text isn't YAML as it stands, but would be in quotes.".to_owned()
}
