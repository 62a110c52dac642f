//! Sprig's [default functions](https://masterminds.github.io/sprig/defaults.html).
//!
//! Choices return what they chose, read from where it was read, and decided by what they looked at.

use super::text::{Condition, charge};
use crate::source::ReadsId;
use crate::template::{CallError, Context, Function, Rest, TracedText, reads_within};
use crate::value::json::{self, HtmlCharacters, Layout};
use crate::value::{Text, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("default", default)
            .doc("The second value, or the first where the second is empty.")
            .example("{{ default \"foo\" \"\" }}", "foo")
            .example("{{ 0 | default 3 }}", "3"),
        Function::new("empty", empty)
            .doc("Whether a value is nil, false, zero, or without content.")
            .example("{{ empty \"\" }} {{ empty 1 }}", "true false"),
        Function::new("coalesce", coalesce)
            .doc("The first value that isn't empty.")
            .example("{{ coalesce \"\" 0 \"x\" }}", "x"),
        Function::new("all", all)
            .doc("Whether no value is empty.")
            .example("{{ all 1 \"a\" }} {{ all 1 \"\" }}", "true false"),
        Function::new("any", any)
            .doc("Whether some value isn't empty.")
            .example("{{ any 0 \"a\" }} {{ any 0 \"\" }}", "true false"),
        Function::new("ternary", ternary)
            .doc("The first value if the last is true, else the second.")
            .example("{{ ternary \"yes\" \"no\" true }}", "yes"),
        Function::new("mustFromJson", must_from_json)
            .doc("JSON as a value; an error where it isn't JSON.")
            .example("{{ (mustFromJson \"{\\\"a\\\":1}\").a }}", "1"),
        Function::new("toPrettyJson", to_pretty_json)
            .doc("A value as JSON over several lines.")
            .example("{{ dict \"a\" 1 | toPrettyJson }}", "{\n  \"a\": 1\n}"),
        Function::new("mustToPrettyJson", must_to_pretty_json)
            .doc("A value as JSON over several lines; an error where there is none.")
            .example("{{ list 1 | mustToPrettyJson }}", "[\n  1\n]"),
        Function::new("toRawJson", must_to_raw_json)
            .doc("A value as JSON without HTML's characters escaped.")
            .example("{{ dict \"a\" \"<>\" | toRawJson }}", "{\"a\":\"<>\"}"),
        Function::new("mustToRawJson", must_to_raw_json)
            .doc("A value as JSON without HTML's characters escaped; an error where there is none.")
            .example("{{ dict \"a\" \"<>\" | mustToRawJson }}", "{\"a\":\"<>\"}"),
    ]
}

/// Sprig's `empty`: Go's truth the other way round, except for structs, which are never empty.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.underlying().is_some_and(|value| is_empty(&value)),
        _ => !value.is_true(),
    }
}

/// A choice: what was chosen, decided by what was looked at.
fn chosen(cx: &mut dyn Context, choice: Traced, looked_at: ReadsId) -> Traced {
    let decided = cx.trace().decides(looked_at);
    let reads = cx.trace().union(choice.reads, decided);
    Traced { reads, ..choice }
}

fn default(cx: &mut dyn Context, fallback: Traced, given: Rest<Traced>) -> Traced {
    let Some(given) = given.0.into_iter().next() else { return fallback };
    let looked_at = given.reads;
    if is_empty(&given.value) { chosen(cx, fallback, looked_at) } else { given }
}

fn empty(cx: &mut dyn Context, value: Traced) -> Traced {
    let decided = cx.trace().decides(value.reads);
    Traced::new(is_empty(&value.value), decided)
}

fn coalesce(cx: &mut dyn Context, values: Rest<Traced>) -> Traced {
    let mut looked_at = ReadsId::NONE;
    for value in values.0 {
        if !is_empty(&value.value) {
            return chosen(cx, value, looked_at);
        }
        looked_at = cx.trace().union(looked_at, value.reads);
    }
    chosen(cx, Traced::default(), looked_at)
}

fn all(values: Rest<Value>) -> bool {
    !values.0.iter().any(is_empty)
}

fn any(values: Rest<Value>) -> bool {
    !values.0.iter().all(is_empty)
}

fn ternary(cx: &mut dyn Context, yes: Traced, no: Traced, condition: Condition) -> Traced {
    chosen(cx, if condition.holds { yes } else { no }, condition.reads)
}

fn must_from_json(cx: &mut dyn Context, text: TracedText) -> Result<Traced, CallError> {
    charge(cx, text.text.len().saturating_mul(4))?;
    let value = json::decode(text.text.as_bytes(), text.reads).map_err(|error| error.to_string())?;
    Ok(Traced::new(value, text.reads))
}

fn encoded(cx: &mut dyn Context, value: &Traced, html: HtmlCharacters, layout: Layout) -> Result<Traced, CallError> {
    let text = json::encode_as(&value.value, html, layout).map_err(|error| error.to_string())?;
    charge(cx, text.len())?;
    Ok(Traced::new(text, reads_within(cx.trace(), value)))
}

fn must_to_pretty_json(cx: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    encoded(cx, &value, HtmlCharacters::Escaped, Layout::Indented("  "))
}

/// Errors are dropped; the text is empty then.
fn to_pretty_json(cx: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    match must_to_pretty_json(cx, value) {
        Err(CallError::Message(_)) => Ok(Text::default().into()),
        result => result,
    }
}

fn must_to_raw_json(cx: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    encoded(cx, &value, HtmlCharacters::Kept, Layout::Compact)
}
