//! Templates that can't be parsed: names of functions, and braces that aren't closed.

use super::{Advice, Case, Way};
use crate::engine::function_table;
use crate::lint::nearest::likely;
use crate::source::{FileId, LineIndex};
use crate::template::{ParseError, ParseErrorKind, Source, TemplateSet};
use crate::value::Text;

pub(super) fn advise(case: &Case, name: &str, error: &ParseError) -> Option<Advice> {
    match &error.kind {
        ParseErrorKind::UndefinedFunction(function) => no_function(case, function, error),
        ParseErrorKind::Lexical { .. } | ParseErrorKind::Unexpected { .. } => not_closed(case, name, error),
        _ => None,
    }
}

fn no_function(case: &Case, function: &str, error: &ParseError) -> Option<Advice> {
    let table = function_table(case.stop.error.helm);
    let near = likely(function, table.iter().map(|function| function.name))?;
    let message = format!("There is no function `{function}`. Did you mean `{near}`?");
    let span = error.span?;
    let line = case.text(span.file).get(..span.range().end)?;
    let start = line.rfind(function)?;
    let edit = case.edit(span.file, start..start + function.len(), near)?;
    Some(Advice { message: Some(message), ways: vec![Way::guided(format!("Write {near}"), edit)] })
}

/// Braces are put where they make a template of the text again.
fn not_closed(case: &Case, name: &str, error: &ParseError) -> Option<Advice> {
    let span = error.span?;
    let text = case.text(span.file);
    let opened = text.get(..span.range().start)?.rfind("{{")?;
    let after = text.get(opened..)?;
    let line_end = opened + after.lines().next()?.trim_end().len();
    let brace = after.find('}').map(|at| opened + at).filter(|at| *at < line_end);
    let closed = brace.map(|at| (at + 1, "}")).into_iter().chain([(line_end, " }}")]);
    let mut good = closed.filter(|(at, braces)| is_better(case, span.file, name, error, *at, braces));
    let (at, braces) = good.next()?;
    let position = LineIndex::new(text.as_bytes()).position(text.as_bytes(), opened);
    let message = format!("The action opened at {}:{} is not closed properly.", position.line, position.column);
    let edit = case.edit(span.file, at..at, braces)?;
    Some(Advice { message: Some(message), ways: vec![Way::safe("Close the action with }}", edit)] })
}

/// Whether what is inserted makes a template of the text, or lets the parser get beyond the line.
fn is_better(case: &Case, file: FileId, name: &str, error: &ParseError, at: usize, insert: &str) -> bool {
    let Some((before, after)) = case.text(file).split_at_checked(at) else { return false };
    let text = Text::from([before, insert, after].concat().as_str());
    let mut set = TemplateSet::new("", function_table(case.stop.error.helm));
    set.parse(name, Source::File(file), &text).err().is_none_or(|then| then.line > error.line)
}
