//! What the charts' schemas forbid, value by value.

use super::blame::blame_path;
use super::origins::Atlas;
use super::{Experiment, Problem};
use crate::chart;
use crate::engine::{self, ErrorKind, Inputs};
use crate::lint;
use crate::source::Step;
use crate::value::brief;

/// A problem for each value that a schema forbids. Nothing for other errors.
pub(super) fn forbidden(
    experiment: &Experiment,
    atlas: &Atlas,
    inputs: &Inputs,
    error: &engine::Error,
) -> Vec<Problem> {
    let ErrorKind::Chart(inner) = &error.kind else { return Vec::new() };
    let chart::ErrorKind::Schema(said) = &inner.kind else { return Vec::new() };
    let rule = lint::rule_of(error).map(str::to_owned);
    let problem = |(steps, words): (Vec<Step>, String)| {
        let (layer, place) = blame_path(experiment, atlas, &steps);
        let message = told(&steps, &words, inputs);
        Problem { rule: rule.clone(), original: Some(error.to_string()), layer, place, ..Problem::error(message) }
    };
    lint::violations(said, inputs).into_iter().map(problem).collect()
}

/// "`replicaCount` must be a number, is three".
fn told(steps: &[Step], rule: &str, inputs: &Inputs) -> String {
    let keys: Vec<String> = steps.iter().skip(1).map(written).collect();
    let name = if keys.is_empty() { "values".to_owned() } else { keys.join(".") };
    if let Some(missing) = missing(rule) {
        let missing: Vec<String> = missing.iter().map(|key| format!("`{}`", inside(&keys, key))).collect();
        let are = if missing.len() == 1 { "is" } else { "are" };
        return format!("{} {are} not set, which the chart's schema requires.", missing.join(", "));
    }
    let value = inputs.value(steps).map(|value| brief(&value));
    match (wanted(rule), value) {
        (Some(wanted), Some(value)) => format!("`{name}` must be {wanted}, is {value} (schema rule `type`)."),
        (Some(wanted), None) => format!("`{name}` must be {wanted} (schema rule `type`)."),
        (None, Some(value)) => format!("`{name}` is {value}, which the chart's schema forbids: {rule}."),
        (None, None) => format!("`{name}` breaks the chart's schema: {rule}."),
    }
}

fn written(step: &Step) -> String {
    match step {
        Step::Key(key) => key.to_string(),
        Step::Index(index) => index.to_string(),
    }
}

fn inside(above: &[String], key: &str) -> String {
    above.iter().map(String::as_str).chain([key]).collect::<Vec<_>>().join(".")
}

/// The keys of `missing property 'a'`, `missing properties 'a', 'b'` and Helm 3's `a is required`.
fn missing(rule: &str) -> Option<Vec<&str>> {
    if let Some(key) = rule.strip_suffix(" is required").filter(|key| !key.contains(' ')) {
        return Some(vec![key]);
    }
    let names = rule.strip_prefix("missing property ").or_else(|| rule.strip_prefix("missing properties "))?;
    Some(names.split(", ").map(|name| name.trim_matches('\'')).collect())
}

/// `got string, want integer` and Helm 3's `Invalid type. Expected: integer, given: string`, in words.
fn wanted(rule: &str) -> Option<String> {
    let four = || rule.strip_prefix("got ")?.split_once(", want ").map(|(_, wanted)| (wanted, " or "));
    let three =
        || rule.strip_prefix("Invalid type. Expected: ")?.split_once(", given: ").map(|(wanted, _)| (wanted, "/"));
    let (wanted, between) = four().or_else(three)?;
    let word = |name: &str| match name.trim() {
        "integer" => "a whole number".to_owned(),
        "number" => "a number".to_owned(),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        "object" => "a map".to_owned(),
        "array" => "a list".to_owned(),
        other => other.to_owned(),
    };
    Some(wanted.split(between).map(word).collect::<Vec<_>>().join(" or "))
}
