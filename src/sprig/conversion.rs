//! Sprig's [type conversion functions](https://masterminds.github.io/sprig/conversion.html).

use super::cast::{to_float64, to_int, to_int64};
use super::text::charge;
use crate::template::{CallError, Context, Function, Int, Rest, reads_within};
use crate::value::format::{atoi as parse, display, parse_int};
use crate::value::{List, ListKind, Text, Traced, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("atoi", atoi).doc("A text as an int; 0 where it isn't one.").example("{{ atoi \"42\" }}", "42"),
        Function::new("int", int).doc("A value as an int.").example("{{ int \"0x1F\" }}", "31"),
        Function::new("int64", int64).doc("A value as an int64.").example("{{ int64 4.9 }}", "4"),
        Function::new("float64", float64).doc("A value as a float64.").example("{{ float64 \"1.5\" }}", "1.5"),
        Function::new("toDecimal", to_decimal)
            .doc("An octal number, as of file modes, as an int64.")
            .example("{{ toDecimal 777 }}", "511"),
        Function::new("toString", to_string).doc("A value as a text.").example("{{ toString 1.5 | quote }}", "\"1.5\""),
        Function::new("toStrings", to_strings)
            .doc("A list as a list of texts, without its nils.")
            .example("{{ toStrings (list 1 nil true) }}", "[1 true]"),
        Function::new("seq", seq)
            .doc("Counts as the shell's seq does, in one text.")
            .example("{{ seq 3 }}", "1 2 3")
            .example("{{ seq 0 2 6 }}", "0 2 4 6"),
    ]
}

/// Sprig's `strval`: the text of a value. Texts keep their runs.
pub fn strval(value: &Value) -> Text {
    match value {
        Value::String(text) => text.clone(),
        Value::List(list) => list.bytes().unwrap_or_else(|| display(value)).into(),
        _ => display(value).into(),
    }
}

/// Sprig's `strslice`: a value as texts; nil and nil items vanish.
pub(super) fn strslice(value: &Traced) -> Vec<Traced> {
    match &value.value {
        Value::Nil => Vec::new(),
        Value::List(list) => {
            let present = list.items().iter().filter(|item| !item.value.is_nil());
            present.map(|item| Traced::new(strval(&item.value), item.reads)).collect()
        }
        Value::Object(object) => match object.underlying() {
            Some(list @ Value::List(_)) => strslice(&Traced::new(list, value.reads)),
            _ => vec![Traced::new(strval(&value.value), value.reads)],
        },
        other => vec![Traced::new(strval(other), value.reads)],
    }
}

/// A list of Go's type `[]string`.
pub(super) fn strings(items: Vec<Traced>) -> List {
    List::of(ListKind::String, items)
}

fn atoi(text: Text) -> Int {
    Int(parse(text.as_bytes()).unwrap_or_else(|(_, limit)| limit))
}

fn int(value: Value) -> Int {
    Int(to_int(&value))
}

fn int64(value: Value) -> i64 {
    to_int64(&value)
}

fn float64(value: Value) -> f64 {
    to_float64(&value)
}

fn to_decimal(value: Value) -> i64 {
    parse_int(&display(&value), 8).unwrap_or(0)
}

fn to_string(cx: &mut dyn Context, value: Traced) -> Traced {
    let reads = reads_within(cx.trace(), &value);
    Traced::new(strval(&value.value), reads)
}

fn to_strings(value: Traced) -> Traced {
    let items = strslice(&value);
    match value.value.as_list() {
        Some(list) if list.kind() == ListKind::String => value,
        _ => Traced::new(strings(items), value.reads),
    }
}

fn seq(cx: &mut dyn Context, bounds: Rest<Int>) -> Result<Text, CallError> {
    let bounds: Vec<i64> = bounds.0.into_iter().map(|Int(n)| n).collect();
    let (start, step, end) = match *bounds.as_slice() {
        [end] => (1, if end < 1 { -1 } else { 1 }, end),
        [start, end] => (start, if end < start { -1 } else { 1 }, end),
        [start, step, end] if end < start && step > 0 => return Ok(Text::default()),
        [start, step, end] => (start, step, end),
        _ => return Ok(Text::default()),
    };
    let past = if end < start { -1 } else { 1 };
    let numbers = super::integer_slice::until_step(cx, start, end.wrapping_add(past), step)?;
    charge(cx, numbers.len().saturating_mul(4))?;
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    Ok(words.join(" ").into())
}
