//! Types, numbers, and what is compared as JSON.

use super::{MAX_DEPTH, Outcome, Spot, format, number, text_of};
use crate::chart::schema::compare::is_multiple;
use crate::value::format::{FloatForm, format_float};
use crate::value::json::encode;
use crate::value::{List, Map, Traced, Value};

pub(super) fn type_fault(schema: &Map, value: &Value) -> Option<String> {
    let wanted: Vec<String> = match schema.value("type")? {
        Value::List(list) => list.values().filter_map(text_of).collect(),
        other => text_of(&other).into_iter().collect(),
    };
    let given = match value {
        Value::Nil => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        other if number(other).is_some_and(|n| n.fract() == 0.0) => "integer",
        _ => "number",
    };
    let holds = |name: &str| name == given || name == "number" && given == "integer";
    if wanted.is_empty() || wanted.iter().any(|name| holds(name)) {
        return None;
    }
    let expected = match wanted.as_slice() {
        [only] => only.clone(),
        several => format!("[{}]", several.join(",")),
    };
    Some(format!("Invalid type. Expected: {expected}, given: {given}"))
}

/// `const` and `enum`, which look at JSON.
pub(super) fn common(schema: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
    let written = json(spot.value);
    if let Some(wanted) = schema.value("const").map(|wanted| json(&wanted)).filter(|wanted| *wanted != written) {
        outcome.fault(spot, format!("{} does not match: {wanted}", spot.field()));
    }
    if let Some(Value::List(wanted)) = schema.value("enum") {
        let wanted: Vec<String> = wanted.values().map(json).collect();
        if !wanted.is_empty() && !wanted.contains(&written) {
            outcome.fault(spot, format!("{} must be one of the following: {}", spot.field(), wanted.join(", ")));
        }
    }
    outcome.score += 1;
}

pub(super) fn numeric(schema: &Map, n: f64, spot: &Spot<'_>, outcome: &mut Outcome) {
    let bound = |keyword: &str| schema.value(keyword).as_ref().and_then(number);
    let is_exclusive = |keyword: &str| matches!(schema.value(keyword), Some(Value::Bool(true)));
    if let Some(step) = bound("multipleOf").filter(|step| !is_multiple(n, *step)) {
        outcome.fault(spot, format!("Must be a multiple of {}", shown(step)));
    }
    let (most, below) = match (bound("maximum"), bound("exclusiveMaximum")) {
        (most, None) if is_exclusive("exclusiveMaximum") => (None, most),
        both => both,
    };
    if let Some(most) = most.filter(|most| n > *most) {
        outcome.fault(spot, format!("Must be less than or equal to {}", shown(most)));
    }
    if let Some(below) = below.filter(|below| n >= *below) {
        outcome.fault(spot, format!("Must be less than {}", shown(below)));
    }
    let (least, above) = match (bound("minimum"), bound("exclusiveMinimum")) {
        (least, None) if is_exclusive("exclusiveMinimum") => (None, least),
        both => both,
    };
    if let Some(least) = least.filter(|least| n < *least) {
        outcome.fault(spot, format!("Must be greater than or equal to {}", shown(least)));
    }
    if let Some(above) = above.filter(|above| n <= *above) {
        outcome.fault(spot, format!("Must be greater than {}", shown(above)));
    }
    let format = schema.value("format").as_ref().and_then(text_of);
    if let Some(format) = format.filter(|format| !format::holds(format, None, &|_, _| None)) {
        outcome.fault(spot, format!("Does not match format '{format}'"));
    }
    outcome.score += 1;
}

fn shown(n: f64) -> String {
    format_float(n, FloatForm::General, None)
}

/// A value as JSON in which all numbers are floats.
pub(super) fn json(value: &Value) -> String {
    encode(&floats(value, 0)).unwrap_or_default()
}

fn floats(value: &Value, depth: usize) -> Value {
    match value {
        Value::Map(map) if depth < MAX_DEPTH => {
            let entries = map.entries().into_iter();
            let entries = entries.map(|(key, entry)| (key, Traced::from(floats(&entry.value, depth + 1))));
            Value::Map(entries.collect())
        }
        Value::List(list) if depth < MAX_DEPTH => {
            Value::List(list.values().map(|item| floats(item, depth + 1)).collect::<List>())
        }
        other => number(other).map_or_else(|| other.clone(), Value::Float),
    }
}
