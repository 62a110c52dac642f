//! Fields of something that has none, and values of the wrong type.

use super::{Advice, Case, Way, values_path};
use crate::source::Span;
use crate::value::{Type, brief};

/// What only the top level has.
const TOP_LEVEL: [&str; 7] = ["Values", "Chart", "Release", "Files", "Capabilities", "Template", "Subcharts"];

/// `.Values` inside of `range`.
pub(super) fn no_field(case: &Case, field: &str, span: Span) -> Option<Advice> {
    let dot = case.stop.dot.as_ref().filter(|_| TOP_LEVEL.contains(&field))?;
    let is = if dot.set_by == "range" { "the item " } else { "" };
    let message = format!("Inside this `{}`, dot is {is}`{}`, which has no `.{field}`.", dot.set_by, dot.value);
    let operand = case.at(span);
    let fits = dot.is_in_file && operand.starts_with(&format!(".{field}"));
    let way = || {
        let title = format!("Write $.{field}");
        Some(Way::safe(title, case.edit(span.file, span.range().start..span.range().start, "$")?))
    };
    Some(Advice { message: Some(message), ways: fits.then(way).flatten().into_iter().collect() })
}

/// A number where a text must be.
pub(super) fn wrong_type(case: &Case, expected: Type, got: &str, span: Span) -> Option<Advice> {
    let (function, words) = conversion(expected, got)?;
    let action = case.action(span)?;
    let operand = case.at(span);
    let text = case.text(span.file);
    let before = text.get(action.start..span.range().start)?;
    // Of a value that is piped in, the last operand before it is told.
    let is_operand = operand.starts_with(['.', '$', '(']);
    let pipe = before.rfind('|').filter(|pipe| !is_operand && !before.get(*pipe..).unwrap_or_default().contains('('));
    let (command, edit, value) = if let Some(pipe) = pipe {
        let command = text.get(action.start + pipe + 1..)?;
        let start = text.len() - command.trim_start().len();
        let value = before.get(..pipe)?.trim().trim_start_matches(['{', '-', ' ']);
        (command, case.edit(span.file, start..start, format!("{function} | "))?, value)
    } else {
        let edit = case.edit(span.file, span.range(), format!("({operand} | {function})"))?;
        (before.rsplit(['|', '(', '{']).next()?.trim_start_matches(['-', ' ']), edit, operand)
    };
    let needs = command.split_whitespace().next()?;
    let message = format!("`{needs}` needs {words} and got {}.", shown(case, value, got));
    Some(Advice { message: Some(message), ways: vec![Way::safe(format!("Convert with {function}"), edit)] })
}

/// The function that makes a value of the type, and the type in words.
fn conversion(expected: Type, got: &str) -> Option<(&'static str, &'static str)> {
    let is_container = got.starts_with("map") || got.starts_with('[');
    match expected.to_string().as_str() {
        "string" if !is_container => Some(("toString", "text")),
        "int" if !is_container => Some(("int", "a whole number")),
        "int64" if !is_container => Some(("int64", "a whole number")),
        "float64" if !is_container => Some(("float64", "a number")),
        _ => None,
    }
}

/// The value and where it is set, if it is one; its type otherwise.
fn shown(case: &Case, operand: &str, got: &str) -> String {
    let known = || {
        let steps = case.steps(&values_path(operand)?);
        let value = brief(&case.inputs.value(&steps)?);
        Some(case.set_where(&steps).map_or_else(|| value.clone(), |place| format!("{value}, from {place}")))
    };
    known().unwrap_or_else(|| format!("a value of type {got}"))
}
