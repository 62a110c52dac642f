//! Values as JSON Schema sees them: their types, when two are equal, how one is shown.

use super::fault::single;
use super::number::number;
use crate::value::format::display;
use crate::value::{List, Map, Value};

/// Values inside each other that are compared.
const MAX_DEPTH: usize = 200;

pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Nil => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    }
}

pub(super) fn is_compound(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => single(&text.to_str()),
        Value::Float(n) if n.fract() == 0.0 => format!("{n:.0}"),
        other => String::from_utf8_lossy(&display(other)).into_owned(),
    }
}

pub(super) fn equal(a: &Value, b: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.values().zip(b.values()).all(|(a, b)| equal(a, b, depth + 1))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same = |(key, entry): &(std::rc::Rc<str>, crate::value::Traced)| {
                b.value(key).is_some_and(|other| equal(&entry.value, &other, depth + 1))
            };
            a.len() == b.len() && a.entries().iter().all(same)
        }
        _ => number(a).zip(number(b)).is_some_and(|(a, b)| a.total_cmp(&b).is_eq()),
    }
}

/// Longer lists aren't searched for equal items: it takes time that grows with the square.
const MAX_UNIQUE: usize = 2000;

pub(super) fn duplicates(list: &List) -> Option<(usize, usize)> {
    let items: Vec<&Value> = list.values().take(MAX_UNIQUE).collect();
    let pairs = items
        .iter()
        .enumerate()
        .flat_map(|(b, item)| items.iter().take(b).enumerate().map(move |(a, other)| (a, b, other, item)));
    pairs.into_iter().find(|(_, _, other, item)| equal(other, item, 0)).map(|(a, b, ..)| (a, b))
}

/// The schema that a reference within the document leads to; nothing where it leads elsewhere.
pub(super) fn find(root: &Value, reference: &str) -> Option<Value> {
    let pointer = reference.strip_prefix('#')?;
    if pointer.is_empty() {
        return Some(root.clone());
    }
    let steps = pointer.strip_prefix('/')?.split('/');
    steps.map(|step| step.replace("~1", "/").replace("~0", "~")).try_fold(root.clone(), |at, step| match &at {
        Value::Map(map) => map.value(&step),
        Value::List(list) => list.values().nth(step.parse().ok()?).cloned(),
        _ => None,
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit beyond any size is one, too")]
pub(super) fn limit(schema: &Map, keyword: &str) -> Option<usize> {
    number(&schema.value(keyword)?).map(|n| n as usize)
}

/// Whether a number is a multiple of a step. Helm calculates with fractions; a decimal step like 0.1 is met within
/// what floats can tell.
pub(super) fn is_multiple(n: f64, step: f64) -> bool {
    let quotient = n / step;
    (quotient - quotient.round()).abs() <= quotient.abs() * f64::EPSILON
}
