//! Values that aren't there: fields of nothing, and what a chart requires.

use super::{Advice, Case, Way, room, values_path};
use crate::lint::nearest::likely;
use crate::source::{Span, Step};
use crate::value::Value;

/// What stands in values for one that only the author knows.
const PLACEHOLDER: &str = "CHANGE-ME";

/// A field of something that is not set.
pub(super) fn nil(case: &Case, field: &str, span: Span) -> Option<Advice> {
    let operand = case.at(span);
    let end = operand.find(&format!(".{field}"))?;
    let (base, rest) = operand.split_at_checked(end)?;
    let path = values_path(base);
    let near = path.as_ref().and_then(|path| nearest(case, path, field));
    let mut message = format!("`{base}` is not set, so `.{field}` can't be read.");
    let mut ways = Vec::new();
    if let (Some(near), Some((last, above))) = (&near, path.as_ref().and_then(|path| path.split_last())) {
        let full: Vec<&str> = above.iter().copied().chain([near.as_str()]).collect();
        message.extend([" Did you mean `.Values.", &full.join("."), "`?"]);
        let at = span.range().start + end;
        let edit = case.edit(span.file, at - last.len()..at, near.as_str())?;
        ways.push(Way::guided(format!("Write {near}"), edit));
    }
    let fields: Vec<&str> = rest.split('.').skip(1).collect();
    if let Some(path) = path.filter(|_| is_plain(&fields)) {
        let keys: Vec<&str> = path.into_iter().chain(fields.iter().copied()).collect();
        let title = format!("Add {} to values.yaml", keys.join("."));
        ways.extend(room::make(case, &keys, "").map(|edit| Way::guided(title, edit)));
    }
    ways.extend(guarded(case, base, &fields, span));
    Some(Advice { message: Some(message), ways })
}

/// `(.Values.a).b`: in parentheses, what is not set has fields, which are not set either.
fn guarded(case: &Case, base: &str, fields: &[&str], span: Span) -> Option<Way> {
    if !is_plain(fields) || !base.starts_with(['.', '$']) || base.len() < 2 {
        return None;
    }
    let text = fields.iter().fold(base.to_owned(), |base, field| format!("({base}).{field}"));
    let title = format!("Write {text}");
    Some(Way::guided(title, case.edit(span.file, span.range(), text)?))
}

fn is_plain(fields: &[&str]) -> bool {
    let is_name = |field: &&str| !field.is_empty() && field.chars().all(|c| c.is_alphanumeric() || c == '_');
    !fields.is_empty() && fields.iter().all(is_name)
}

/// The key beside the missing one that was probably meant: one that has fields.
fn nearest(case: &Case, path: &[&str], field: &str) -> Option<String> {
    let (last, above) = path.split_last()?;
    let Some(Value::Map(beside)) = case.inputs.value(&case.steps(above)) else { return None };
    let has_field = |value: &Value| matches!(value, Value::Map(map) if map.value(field).is_some());
    let entries = beside.entries();
    let names = entries.iter().filter(|(_, traced)| has_field(&traced.value)).map(|(key, _)| &**key);
    likely(last, names).map(str::to_owned)
}

/// What a chart requires.
pub(super) fn required(case: &Case, said: &str, span: Span) -> Option<Advice> {
    let action = case.text(span.file).get(case.action(span)?)?;
    let after = action.split(|c: char| c.is_whitespace() || "()|{}".contains(c));
    let path = after.filter_map(values_path).next_back()?;
    let named = path.join(".");
    let message = format!("This chart requires `{named}`: {said}");
    let is_unset = case.inputs.value(&case.steps(&path)).is_none_or(|value| is_empty(&value));
    let title = format!("Add {named} to values.yaml, to be filled in");
    let edit = is_unset.then(|| room::make(case, &path, PLACEHOLDER)).flatten();
    Some(Advice { message: Some(message), ways: edit.map(|edit| Way::guided(title, edit)).into_iter().collect() })
}

fn is_empty(value: &Value) -> bool {
    value.is_nil() || matches!(value, Value::String(text) if text.is_empty())
}

/// The steps of a path of keys.
pub(super) fn keys(path: &[&str]) -> Vec<Step> {
    path.iter().map(|key| Step::Key((*key).into())).collect()
}
