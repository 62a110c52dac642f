//! Templates that fail: names of templates, loops of templates, and which of the other faults is told where.

use super::{Advice, Case, Way, fields, missing};
use crate::lint::failure::refusal;
use crate::lint::nearest::distance;
use crate::source::Span;
use crate::template::{ExecError, ExecErrorKind, Exhausted, Fault};

pub(super) fn advise(case: &Case, error: &ExecError) -> Option<Advice> {
    let innermost = error.nested().last()?;
    if is_endless(innermost) {
        return endless(error);
    }
    let span = error.nested().filter_map(|error| error.place.as_ref()?.span).last()?;
    match &innermost.kind {
        ExecErrorKind::NoTemplate(name, _) | ExecErrorKind::Fault(Fault::TemplateNotDefined(name)) => {
            no_template(case, name, span)
        }
        ExecErrorKind::Fault(Fault::NilPointer(field)) => missing::nil(case, field, span),
        ExecErrorKind::Fault(Fault::NoField { field, .. }) => fields::no_field(case, field, span),
        ExecErrorKind::Fault(Fault::WrongType { expected, got }) => fields::wrong_type(case, *expected, got, span),
        ExecErrorKind::Calling { .. } => match refusal(&case.stop.error)? {
            ("required", said) => missing::required(case, &said, span),
            _ => None,
        },
        _ => None,
    }
}

/// Whether templates call each other without end.
fn is_endless(innermost: &ExecError) -> bool {
    match &innermost.kind {
        ExecErrorKind::Exhausted(Exhausted::Depth(_)) => true,
        ExecErrorKind::Calling { error, .. } => {
            error.to_string().starts_with("rendering template has a nested reference")
        }
        _ => false,
    }
}

/// Shows the circle.
fn endless(error: &ExecError) -> Option<Advice> {
    let names: Vec<&str> = error.nested().map(|error| &*error.template).collect();
    let (last, before) = names.split_last()?;
    let start = before.iter().rposition(|name| name == last)?;
    let circle: Vec<String> = names.get(start..)?.iter().map(|name| format!("\"{name}\"")).collect();
    let message = match circle.as_slice() {
        [one, _] => format!("{one} includes itself, without end."),
        [first, ..] => format!("{first} includes itself, without end: {}.", circle.join(", then ")),
        [] => return None,
    };
    Some(Advice { message: Some(message), ways: Vec::new() })
}

fn no_template(case: &Case, name: &str, span: Span) -> Option<Advice> {
    let names = case.files.iter().flat_map(|(file, _)| defined(case.text(file)));
    let is_near = |other: &&str| distance(name, other) <= name.len() / 2;
    let near = names.filter(|other| *other != name).filter(is_near).min_by_key(|other| distance(name, other))?;
    let message = format!("No `define \"{name}\"` is in this chart. The nearest is \"{near}\".");
    let action = case.action(span)?;
    let quoted = format!("\"{name}\"");
    let start = action.start + case.text(span.file).get(action)?.find(&quoted)?;
    let edit = case.edit(span.file, start + 1..start + quoted.len() - 1, near)?;
    Some(Advice { message: Some(message), ways: vec![Way::guided(format!("Write \"{near}\""), edit)] })
}

/// The names that a text defines templates by.
fn defined(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("{{").skip(1).filter_map(|action| {
        let action = action.trim_start_matches(['-', ' ', '\t', '\n']);
        action.strip_prefix("define").or_else(|| action.strip_prefix("block"))
    });
    after.filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
}
