//! `values.schema.json` as Helm 3's validator reads it: drafts 4, 6 and 7, told as `field: sentence`.
//!
//! Of schemas that fail as alternatives it tells the faults of the one that came nearest, by a score that every check
//! adds to. A schema that isn't one is refused before anything is validated. Where the original goes through a map in
//! random order, we go by key. A `$ref` to another host, which Helm would fetch, allows everything here.

mod check;
mod format;
mod object;
mod scalar;

use std::collections::BTreeSet;

use super::Matches;
use crate::value::{Map, Value};
use scalar::{common, json, numeric, type_fault};

/// Schemas inside each other, references included. What lies deeper counts as valid.
const MAX_DEPTH: usize = 200;
/// Schemas looked at in one check. What comes later counts as valid.
const MAX_STEPS: usize = 2_000_000;

/// Holds values against a schema; the error is what Helm 3 says below the chart's name.
pub(super) fn check(schema: &Value, values: &Value, matches: Matches<'_>) -> Result<(), String> {
    let draft = Draft::of(schema)?;
    check::Syntax::new(schema, draft, matches).check()?;
    let outcome = Validator { root: schema, matches, draft, steps: 0 }.outcome(schema, &Spot::root(values));
    if outcome.faults.is_empty() {
        return Ok(());
    }
    Err(outcome.faults.iter().map(Fault::line).collect())
}

/// The drafts, as far as they differ. Where none is named, all is taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Draft {
    Four,
    Six,
    Seven,
    Hybrid,
}

impl Draft {
    fn of(schema: &Value) -> Result<Self, String> {
        let named = match schema {
            Value::Bool(_) => None,
            Value::Map(map) => map.value("$schema"),
            _ => return Err("schema is invalid".to_owned()),
        };
        match named {
            None => Ok(Self::Hybrid),
            Some(Value::String(text)) => Ok(match text.to_str().trim_end_matches('#') {
                "http://json-schema.org/draft-04/schema" => Self::Four,
                "http://json-schema.org/draft-06/schema" => Self::Six,
                "http://json-schema.org/draft-07/schema" => Self::Seven,
                _ => Self::Hybrid,
            }),
            Some(_) => Err("$schema must be of type string".to_owned()),
        }
    }
}

/// A fault: where in the values, and the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    field: String,
    sentence: String,
}

impl Fault {
    fn line(&self) -> String {
        format!("- {}: {}\n", self.field, self.sentence)
    }
}

/// What became of one schema.
#[derive(Clone, Debug, Default)]
struct Outcome {
    faults: Vec<Fault>,
    /// How near the values came.
    score: i64,
}

impl Outcome {
    fn is_valid(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, spot: &Spot<'_>, sentence: impl Into<String>) {
        self.faults.push(Fault { field: spot.field(), sentence: sentence.into() });
        self.score -= 2;
    }

    fn merge(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.score += other.score;
    }
}

/// A value, and where it stands.
#[derive(Clone)]
struct Spot<'v> {
    value: &'v Value,
    path: Vec<String>,
    depth: usize,
}

impl<'v> Spot<'v> {
    fn root(value: &'v Value) -> Self {
        Self { value, path: Vec::new(), depth: 0 }
    }

    fn below<'w>(&self, step: impl Into<String>, value: &'w Value) -> Spot<'w> {
        let mut path = self.path.clone();
        path.push(step.into());
        Spot { value, path, depth: self.depth }
    }

    fn field(&self) -> String {
        if self.path.is_empty() { "(root)".to_owned() } else { self.path.join(".") }
    }
}

struct Validator<'a> {
    root: &'a Value,
    matches: Matches<'a>,
    draft: Draft,
    steps: usize,
}

impl Validator<'_> {
    fn outcome(&mut self, schema: &Value, spot: &Spot<'_>) -> Outcome {
        let mut outcome = Outcome::default();
        self.schema(schema, spot, &mut outcome);
        outcome
    }

    fn schema(&mut self, schema: &Value, spot: &Spot<'_>, outcome: &mut Outcome) {
        self.steps += 1;
        if spot.depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return;
        }
        let spot = &Spot { depth: spot.depth + 1, ..spot.clone() };
        let schema = match schema {
            Value::Bool(false) => return outcome.fault(spot, "False always fails validation"),
            Value::Map(schema) => schema,
            _ => return,
        };
        if let Some(Value::String(reference)) = schema.value("$ref") {
            if let Some(target) = find(self.root, &reference.to_str()) {
                self.schema(&target, spot, outcome);
            }
            return;
        }
        if let Some(sentence) = type_fault(schema, spot.value) {
            return outcome.fault(spot, sentence);
        }
        self.combined(schema, spot, outcome);
        match spot.value {
            Value::Map(map) => self.object(schema, map, spot, outcome),
            Value::List(list) => self.array(schema, list, spot, outcome),
            other => {
                if let Some(n) = number(other) {
                    numeric(schema, n, spot, outcome);
                }
            }
        }
        common(schema, spot, outcome);
        match spot.value {
            Value::Map(map) => self.properties(schema, map, spot, outcome),
            Value::String(text) => self.string(schema, &text.to_str(), spot, outcome),
            _ => {}
        }
        outcome.score += 1;
    }

    /// `anyOf` and its kin.
    fn combined(&mut self, schema: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        let any = schemas(schema, "anyOf");
        if !any.is_empty() {
            let mut best: Option<Outcome> = None;
            let is_met = any.iter().any(|schema| {
                let tried = self.outcome(schema, spot);
                let is_valid = tried.is_valid();
                keep_best(&mut best, tried);
                is_valid
            });
            if !is_met {
                outcome.fault(spot, "Must validate at least one schema (anyOf)");
                outcome.merge(best.unwrap_or_default());
            }
        }
        self.one_of(&schemas(schema, "oneOf"), spot, outcome);
        let all = schemas(schema, "allOf");
        let mut met = 0;
        for schema in &all {
            let tried = self.outcome(schema, spot);
            met += usize::from(tried.is_valid());
            outcome.merge(tried);
        }
        if met != all.len() {
            outcome.fault(spot, "Must validate all the schemas (allOf)");
        }
        if schema.value("not").is_some_and(|not| self.outcome(&not, spot).is_valid()) {
            outcome.fault(spot, "Must not validate the schema (not)");
        }
        self.dependencies(schema, spot, outcome);
        self.condition(schema, spot, outcome);
        outcome.score += 1;
    }

    fn one_of(&mut self, schemas: &[Value], spot: &Spot<'_>, outcome: &mut Outcome) {
        if schemas.is_empty() {
            return;
        }
        let mut met = 0;
        let mut best: Option<Outcome> = None;
        for schema in schemas {
            let tried = self.outcome(schema, spot);
            if tried.is_valid() {
                met += 1;
            } else if met == 0 {
                keep_best(&mut best, tried);
            }
        }
        if met != 1 {
            outcome.fault(spot, "Must validate one and only one schema (oneOf)");
            outcome.merge(best.filter(|_| met == 0).unwrap_or_default());
        }
    }

    fn dependencies(&mut self, schema: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        let Some(map) = spot.value.as_map() else { return };
        for (_, wanted) in members(schema, "dependencies").into_iter().filter(|(name, _)| map.contains(name)) {
            match &wanted {
                Value::List(names) => {
                    for name in names.values().filter_map(text_of).filter(|name| !map.contains(name)) {
                        outcome.fault(spot, format!("Has a dependency on {name}"));
                    }
                }
                schema => self.schema(schema, spot, outcome),
            }
        }
    }

    fn condition(&mut self, schema: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        let Some(condition) = schema.value("if").filter(|_| self.draft >= Draft::Seven) else { return };
        let is_met = self.outcome(&condition, spot).is_valid();
        let (branch, sentence) = if is_met {
            ("then", "Must validate \"then\" as \"if\" was valid")
        } else {
            ("else", "Must validate \"else\" as \"if\" was not valid")
        };
        let Some(branch) = schema.value(branch) else { return };
        let tried = self.outcome(&branch, spot);
        if !tried.is_valid() {
            outcome.fault(spot, sentence);
            outcome.merge(tried);
        }
    }

    fn string(&mut self, schema: &Map, text: &str, spot: &Spot<'_>, outcome: &mut Outcome) {
        let length = text.chars().count();
        if let Some(least) = limit(schema, "minLength").filter(|least| length < *least) {
            outcome.fault(spot, format!("String length must be greater than or equal to {least}"));
        }
        if let Some(most) = limit(schema, "maxLength").filter(|most| length > *most) {
            outcome.fault(spot, format!("String length must be less than or equal to {most}"));
        }
        let pattern = schema.value("pattern").as_ref().and_then(text_of);
        if let Some(pattern) = pattern.filter(|pattern| (self.matches)(pattern, text) == Some(false)) {
            outcome.fault(spot, format!("Does not match pattern '{pattern}'"));
        }
        let format = schema.value("format").as_ref().and_then(text_of);
        if let Some(format) = format.filter(|format| !format::holds(format, Some(text), self.matches)) {
            outcome.fault(spot, format!("Does not match format '{format}'"));
        }
        outcome.score += 1;
    }
}

/// The best of what failed: the one that came first of those that came nearest.
fn keep_best(best: &mut Option<Outcome>, tried: Outcome) {
    if !tried.is_valid() && best.as_ref().is_none_or(|best| tried.score > best.score) {
        *best = Some(tried);
    }
}

fn schemas(schema: &Map, keyword: &str) -> Vec<Value> {
    match schema.value(keyword) {
        Some(Value::List(list)) => list.values().cloned().collect(),
        _ => Vec::new(),
    }
}

fn members(schema: &Map, keyword: &str) -> Vec<(String, Value)> {
    let Some(Value::Map(map)) = schema.value(keyword) else { return Vec::new() };
    map.entries().into_iter().map(|(key, entry)| (key.to_string(), entry.value)).collect()
}

/// The schema that a reference within the document leads to; nothing where it leads elsewhere.
fn find(root: &Value, reference: &str) -> Option<Value> {
    super::compare::find(root, reference).or_else(|| by_id(root, reference))
}

/// The schema with that `$id`.
fn by_id(root: &Value, reference: &str) -> Option<Value> {
    let mut left = vec![root.clone()];
    let mut seen = BTreeSet::new();
    while let Some(value) = left.pop().filter(|_| seen.len() < MAX_STEPS) {
        seen.insert(seen.len());
        match &value {
            Value::List(list) => left.extend(list.values().cloned()),
            Value::Map(map) => {
                let is_named = |key: &str| map.value(key).as_ref().and_then(text_of).as_deref() == Some(reference);
                if is_named("$id") || is_named("id") {
                    return Some(value.clone());
                }
                left.extend(map.entries().into_iter().map(|(_, entry)| entry.value));
            }
            _ => {}
        }
    }
    None
}

fn text_of(value: &Value) -> Option<String> {
    value.as_text().map(|text| text.to_str().into_owned())
}

fn number(value: &Value) -> Option<f64> {
    super::number::number(value)
}

fn limit(schema: &Map, keyword: &str) -> Option<usize> {
    super::compare::limit(schema, keyword)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ReadsId;
    use crate::value::json::decode;

    fn faults(schema: &str, values: &str) -> String {
        let values = decode(values.as_bytes(), ReadsId::NONE).unwrap_or_else(|error| panic!("{values}: {error}"));
        let matches = |pattern: &str, text: &str| Some(regex::Regex::new(pattern).ok()?.is_match(text));
        let schema = match decode(schema.as_bytes(), ReadsId::NONE) {
            Ok(schema) => schema,
            Err(error) => return error.to_string(),
        };
        check(&schema, &values, &matches).err().unwrap_or_default()
    }

    #[test]
    fn a_schema_that_leads_to_itself_ends() {
        assert_eq!(faults(r##"{"allOf":[{"$ref":"#"},{"$ref":"#"}]}"##, "{}"), "");
    }
}
