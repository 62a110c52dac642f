//! The walk through schema and values.

use std::collections::BTreeSet;

use super::Matches;
use super::fault::{Fault, listed, single};
use super::number::{count, shown};
use crate::value::format::display;
use crate::value::{List, Map, Value};

/// Schemas inside each other, references included. What lies deeper counts as valid.
const MAX_DEPTH: usize = 200;
/// Schemas looked at in one check. What comes later counts as valid.
const MAX_STEPS: usize = 2_000_000;

/// Holds values against one schema.
pub(super) struct Validator<'a> {
    root: &'a Value,
    matches: Matches<'a>,
    draft: Draft,
    steps: usize,
}

/// The drafts that differ in what we look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Draft {
    /// `exclusiveMinimum` is a boolean.
    Four,
    /// 6 and 7: what stands beside a `$ref` doesn't count.
    Seven,
    /// 2019-09: it does.
    TwentyNineteen,
    /// 2020-12: `prefixItems`.
    TwentyTwenty,
}

/// A value, and where it stands.
#[derive(Clone)]
struct Spot<'v> {
    value: &'v Value,
    path: Vec<String>,
    depth: usize,
}

impl Spot<'_> {
    fn below<'w>(&self, step: impl Into<String>, value: &'w Value) -> Spot<'w> {
        let mut path = self.path.clone();
        path.push(step.into());
        Spot { value, path, depth: self.depth }
    }

    fn fault(&self, message: impl Into<String>) -> Fault {
        Fault { at: self.path.clone(), message: message.into(), causes: Vec::new(), is_reference: false }
    }

    fn fault_of(&self, message: impl Into<String>, causes: Vec<Fault>) -> Fault {
        Fault { causes, ..self.fault(message) }
    }
}

impl<'a> Validator<'a> {
    /// A validator for a schema. `$schema` names the draft.
    pub(super) fn new(root: &'a Value, matches: Matches<'a>) -> Self {
        let named = get(root, "$schema").and_then(text).unwrap_or_default();
        let draft = match named {
            _ if named.contains("draft-04") => Draft::Four,
            _ if named.contains("draft-06") || named.contains("draft-07") => Draft::Seven,
            _ if named.contains("2019-09") => Draft::TwentyNineteen,
            _ => Draft::TwentyTwenty,
        };
        Self { root, matches, draft, steps: 0 }
    }

    /// The faults of a value.
    pub(super) fn check(&mut self, value: &Value) -> Vec<Fault> {
        let spot = Spot { value, path: Vec::new(), depth: 0 };
        self.ungrouped(self.root, &spot)
    }

    /// The faults; where they are one group, what is in it.
    fn ungrouped(&mut self, schema: &Value, spot: &Spot<'_>) -> Vec<Fault> {
        let mut faults = self.schema(schema, spot);
        match faults.as_mut_slice() {
            [group] if group.is_group() => std::mem::take(&mut group.causes),
            _ => faults,
        }
    }

    /// One fault at most: several become a group.
    fn one(&mut self, schema: &Value, spot: &Spot<'_>) -> Option<Fault> {
        let mut faults = self.schema(schema, spot);
        if faults.len() < 2 { faults.pop() } else { Some(spot.fault_of(Fault::GROUP, faults)) }
    }

    fn holds(&mut self, schema: &Value, spot: &Spot<'_>) -> bool {
        self.schema(schema, spot).is_empty()
    }

    fn schema(&mut self, schema: &Value, spot: &Spot<'_>) -> Vec<Fault> {
        self.steps += 1;
        if spot.depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return Vec::new();
        }
        let spot = &Spot { depth: spot.depth + 1, ..spot.clone() };
        let schema = match schema {
            Value::Bool(false) => return vec![spot.fault("false schema")],
            Value::Map(schema) => schema,
            _ => return Vec::new(),
        };
        if let Some(fault) = type_fault(schema, spot).or_else(|| equality_fault(schema, spot)) {
            return vec![fault];
        }
        let mut faults = Vec::new();
        if let Some(Value::String(reference)) = schema.value("$ref") {
            let reference = reference.to_str();
            faults.extend(self.reference(&reference, spot));
            if self.draft < Draft::TwentyNineteen {
                return faults;
            }
        }
        match spot.value {
            Value::Map(map) => self.object(schema, map, spot, &mut faults),
            Value::List(list) => self.array(schema, list, spot, &mut faults),
            Value::String(text) => self.string(schema, &text.to_str(), spot, &mut faults),
            other => {
                if let Some(n) = number(other) {
                    self.number(schema, n, spot, &mut faults);
                }
            }
        }
        self.combined(schema, spot, &mut faults);
        faults
    }

    fn reference(&mut self, reference: &str, spot: &Spot<'_>) -> Option<Fault> {
        let target = find(self.root, reference)?;
        let causes = self.ungrouped(&target, spot);
        let failed = !causes.is_empty();
        failed.then(|| Fault { is_reference: true, ..spot.fault_of(Fault::GROUP, causes) })
    }

    fn object(&mut self, schema: &Map, map: &Map, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        let sizes = [("minProperties", Bound::Least), ("maxProperties", Bound::Most)];
        faults.extend(sizes.iter().filter_map(|(keyword, bound)| bound.fault(schema, keyword, map.len(), spot)));
        let missing = |wanted: &Value| missing(map, wanted);
        if let Some(names) = schema.value("required").map(|wanted| missing(&wanted)).filter(|names| !names.is_empty()) {
            let noun = if names.len() == 1 { "property" } else { "properties" };
            faults.push(spot.fault(format!("missing {noun} {}", listed(&names))));
        }
        for keyword in ["dependencies", "dependentSchemas", "dependentRequired"] {
            for (property, wanted) in members(schema, keyword).into_iter().filter(|(name, _)| map.contains(name)) {
                if matches!(wanted, Value::List(_)) {
                    let names = missing(&wanted);
                    if !names.is_empty() {
                        let (names, property) = (listed(&names), single(&property));
                        faults.push(spot.fault(format!("properties {names} required, if {property} exists")));
                    }
                } else {
                    faults.extend(self.one(&wanted, spot));
                }
            }
        }
        self.properties(schema, map, spot, faults);
        if let Some(names) = schema.value("propertyNames").filter(|_| self.draft > Draft::Four) {
            for (name, _) in map.entries() {
                let value = Value::from(&*name);
                let causes = self.ungrouped(&names, &Spot { value: &value, path: Vec::new(), depth: spot.depth });
                if !causes.is_empty() {
                    // Helm's validator forgets where the object stands.
                    let fault = spot.fault_of(format!("invalid propertyName {}", single(&name)), causes);
                    faults.push(Fault { at: Vec::new(), ..fault });
                }
            }
        }
    }

    fn properties(&mut self, schema: &Map, map: &Map, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        let named = schema.value("properties");
        let patterns = members(schema, "patternProperties");
        let additional = schema.value("additionalProperties");
        let mut surplus = Vec::new();
        for (name, entry) in map.entries() {
            let mut schemas: Vec<Value> = named.as_ref().and_then(|named| get(named, &name)).into_iter().collect();
            let fits = |pattern: &str| (self.matches)(pattern, &name).unwrap_or(true);
            schemas.extend(patterns.iter().filter(|(pattern, _)| fits(pattern)).map(|(_, schema)| schema.clone()));
            if schemas.is_empty() {
                match &additional {
                    Some(Value::Bool(false)) => surplus.push(name.to_string()),
                    Some(schema) => schemas.push(schema.clone()),
                    None => {}
                }
            }
            let spot = spot.below(&*name, &entry.value);
            faults.extend(schemas.iter().filter_map(|schema| self.one(schema, &spot)));
        }
        if !surplus.is_empty() {
            faults.push(spot.fault(format!("additional properties {} not allowed", listed(&surplus))));
        }
    }

    fn array(&mut self, schema: &Map, list: &List, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        let sizes = [("minItems", Bound::Least), ("maxItems", Bound::Most)];
        faults.extend(sizes.iter().filter_map(|(keyword, bound)| bound.fault(schema, keyword, list.len(), spot)));
        if schema.value("uniqueItems").is_some_and(|unique| unique.is_true())
            && let Some((a, b)) = duplicates(list)
        {
            faults.push(spot.fault(format!("items at {} and {} are equal", count(a), count(b))));
        }
        let (first, rest) = match schema.value("items") {
            Some(Value::List(first)) => (Some(first), schema.value("additionalItems")),
            rest => (schema.value("prefixItems").and_then(|first| first.as_list().cloned()), rest),
        };
        let first: Vec<Value> = first.iter().flat_map(List::values).cloned().collect();
        let is_closed = self.draft < Draft::TwentyTwenty && matches!(rest, Some(Value::Bool(false)));
        for (index, item) in list.values().enumerate() {
            let rest = rest.as_ref().filter(|_| !is_closed);
            // Helm's validator counts the items after the first ones anew.
            let shown = index.checked_sub(first.len()).unwrap_or(index);
            if let Some(schema) = first.get(index).or(rest) {
                faults.extend(self.one(schema, &spot.below(shown.to_string(), item)));
            }
        }
        if is_closed && list.len() > first.len() {
            let surplus = count(list.len() - first.len());
            faults.push(spot.fault(format!("last {surplus} additionalItem(s) not allowed")));
        }
        self.contains(schema, list, spot, faults);
    }

    fn contains(&mut self, schema: &Map, list: &List, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        let Some(wanted) = schema.value("contains").filter(|_| self.draft > Draft::Four) else { return };
        let (mut causes, mut matched) = (Vec::new(), Vec::new());
        for (index, item) in list.values().enumerate() {
            match self.one(&wanted, &spot.below(index.to_string(), item)) {
                Some(fault) => causes.push(fault),
                None => matched.push(index.to_string()),
            }
        }
        let (found, places) = (count(matched.len()), matched.join(" "));
        let required = "items required to match contains schema, but";
        match limit(schema, "minContains") {
            Some(least) if matched.len() < least && matched.is_empty() => {
                faults.push(spot.fault_of(format!("min {} {required} none matched", count(least)), causes));
            }
            Some(least) if matched.len() < least => {
                let message = format!("min {} {required} matched {found} items at {places}", count(least));
                faults.push(spot.fault_of(message, causes));
            }
            None if matched.is_empty() => faults.push(spot.fault_of("no items match contains schema", causes)),
            _ => {}
        }
        if let Some(most) = limit(schema, "maxContains").filter(|most| matched.len() > *most) {
            faults.push(spot.fault(format!("max {} {required} matched {found} items at {places}", count(most))));
        }
    }

    fn string(&mut self, schema: &Map, text: &str, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        let length = text.chars().count();
        let sizes = [("minLength", Bound::Least), ("maxLength", Bound::Most)];
        faults.extend(sizes.iter().filter_map(|(keyword, bound)| bound.fault(schema, keyword, length, spot)));
        if let Some(Value::String(pattern)) = schema.value("pattern") {
            let pattern = pattern.to_str();
            if (self.matches)(&pattern, text) == Some(false) {
                faults.push(spot.fault(format!("{} does not match pattern {}", single(text), single(&pattern))));
            }
        }
    }

    fn number(&self, schema: &Map, n: f64, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        let bound = |keyword| schema.value(keyword).and_then(|value| number(&value));
        let is_strict = |keyword| self.draft == Draft::Four && matches!(schema.value(keyword), Some(Value::Bool(true)));
        let (least, most) = (bound("minimum"), bound("maximum"));
        let (strict_least, strict_most) = (is_strict("exclusiveMinimum"), is_strict("exclusiveMaximum"));
        let above = if strict_least { least } else { bound("exclusiveMinimum") };
        let below = if strict_most { most } else { bound("exclusiveMaximum") };
        let broken = [
            ("minimum", least.filter(|least| n < *least && !strict_least)),
            ("maximum", most.filter(|most| n > *most && !strict_most)),
            ("exclusiveMinimum", above.filter(|above| n <= *above)),
            ("exclusiveMaximum", below.filter(|below| n >= *below)),
            ("multipleOf", bound("multipleOf").filter(|step| !is_multiple(n, *step))),
        ];
        for (keyword, want) in broken {
            faults.extend(want.map(|want| spot.fault(format!("{keyword}: got {}, want {}", shown(n), shown(want)))));
        }
    }

    fn combined(&mut self, schema: &Map, spot: &Spot<'_>, faults: &mut Vec<Fault>) {
        if schema.value("not").is_some_and(|not| self.holds(&not, spot)) {
            faults.push(spot.fault("'not' failed"));
        }
        let schemas = |keyword| match schema.value(keyword) {
            Some(Value::List(list)) => list.values().cloned().collect(),
            _ => Vec::new(),
        };
        let causes: Vec<Fault> = schemas("allOf").iter().filter_map(|schema| self.one(schema, spot)).collect();
        if !causes.is_empty() {
            faults.push(spot.fault_of("'allOf' failed", causes));
        }
        let any = schemas("anyOf");
        let causes: Vec<Fault> = any.iter().map_while(|schema| self.one(schema, spot)).collect();
        if !any.is_empty() && causes.len() == any.len() {
            faults.push(spot.fault_of("'anyOf' failed", causes));
        }
        faults.extend(self.one_of(&schemas("oneOf"), spot));
        if let Some(condition) = schema.value("if") {
            let branch = if self.holds(&condition, spot) { "then" } else { "else" };
            faults.extend(schema.value(branch).and_then(|branch| self.one(&branch, spot)));
        }
    }

    fn one_of(&mut self, schemas: &[Value], spot: &Spot<'_>) -> Option<Fault> {
        let mut causes = Vec::new();
        let mut matched: Option<usize> = None;
        for (index, schema) in schemas.iter().enumerate() {
            match (self.one(schema, spot), matched) {
                (Some(fault), None) => causes.push(fault),
                (Some(_), Some(_)) => {}
                (None, None) => matched = Some(index),
                (None, Some(first)) => {
                    let (first, second) = (count(first), count(index));
                    return Some(spot.fault(format!("'oneOf' failed, subschemas {first}, {second} matched")));
                }
            }
        }
        let failed = matched.is_none() && !schemas.is_empty();
        failed.then(|| spot.fault_of("'oneOf' failed, none matched", causes))
    }
}

/// What a size has to be.
#[derive(Clone, Copy)]
enum Bound {
    Least,
    Most,
}

impl Bound {
    fn fault(self, schema: &Map, keyword: &str, got: usize, spot: &Spot<'_>) -> Option<Fault> {
        let want = limit(schema, keyword)?;
        let broken = match self {
            Self::Least => got < want,
            Self::Most => got > want,
        };
        broken.then(|| spot.fault(format!("{keyword}: got {}, want {}", count(got), count(want))))
    }
}

fn type_fault(schema: &Map, spot: &Spot<'_>) -> Option<Fault> {
    const IN_ORDER: [&str; 7] = ["null", "boolean", "number", "integer", "string", "array", "object"];
    let named = schema.value("type")?;
    let wanted: BTreeSet<String> = match &named {
        Value::List(list) => list.values().filter_map(text_of).collect(),
        other => text_of(other).into_iter().collect(),
    };
    let got = type_of(spot.value);
    let is_whole = number(spot.value).is_some_and(|n| n.fract() == 0.0);
    if wanted.is_empty() || wanted.contains(got) || wanted.contains("integer") && is_whole {
        return None;
    }
    let wanted: Vec<&str> = IN_ORDER.into_iter().filter(|name| wanted.contains(*name)).collect();
    Some(spot.fault(format!("got {got}, want {}", wanted.join(" or "))))
}

fn equality_fault(schema: &Map, spot: &Spot<'_>) -> Option<Fault> {
    if let Some(wanted) = schema.value("const").filter(|wanted| !equal(spot.value, wanted, 0)) {
        let message = if is_compound(&wanted) {
            "'const' failed".to_owned()
        } else {
            format!("value must be {}", plain(&wanted))
        };
        return Some(spot.fault(message));
    }
    let Some(Value::List(wanted)) = schema.value("enum") else { return None };
    if wanted.values().any(|wanted| equal(spot.value, wanted, 0)) {
        return None;
    }
    let shown: Vec<String> = wanted.values().map(plain).collect();
    Some(spot.fault(match shown.as_slice() {
        _ if wanted.values().any(is_compound) => "'enum' failed".to_owned(),
        [only] => format!("value must be {only}"),
        _ => format!("value must be one of {}", shown.join(", ")),
    }))
}

/// The first reference that leads nowhere within the document, of those that can be reached.
pub(super) fn dangling(root: &Value) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut left = vec![root.clone()];
    let mut steps = 0;
    while let Some(value) = left.pop().filter(|_| steps < MAX_STEPS) {
        steps += 1;
        let entries = match &value {
            Value::List(list) => {
                left.extend(list.values().cloned());
                continue;
            }
            Value::Map(map) => map.entries(),
            _ => continue,
        };
        for (key, entry) in entries {
            match (&*key, &entry.value) {
                ("enum" | "const" | "default" | "examples" | "definitions" | "$defs", _) => {}
                ("$ref", Value::String(reference)) => {
                    let reference = reference.to_str().into_owned();
                    let is_local = reference.starts_with("#/");
                    match find(root, &reference) {
                        None if is_local => return Some(reference),
                        Some(target) if seen.insert(reference) => left.push(target),
                        _ => {}
                    }
                }
                (_, value) => left.push(value.clone()),
            }
        }
    }
    None
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

fn get(value: &Value, key: &str) -> Option<Value> {
    value.as_map()?.value(key)
}

fn members(schema: &Map, keyword: &str) -> Vec<(String, Value)> {
    let Some(Value::Map(map)) = schema.value(keyword) else { return Vec::new() };
    map.entries().into_iter().map(|(key, entry)| (key.to_string(), entry.value)).collect()
}

fn missing(map: &Map, wanted: &Value) -> Vec<String> {
    let Some(list) = wanted.as_list() else { return Vec::new() };
    list.values().filter_map(text_of).filter(|name| !map.contains(name)).collect()
}

fn text_of(value: &Value) -> Option<String> {
    value.as_text().map(|text| text.to_str().into_owned())
}

fn text(value: Value) -> Option<String> {
    text_of(&value)
}

#[expect(clippy::cast_precision_loss, reason = "JSON's numbers are floats here")]
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Float(n) => Some(*n),
        Value::Int(n, _) => Some(*n as f64),
        Value::Uint(n, _) => Some(*n as f64),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit beyond any size is one, too")]
pub(super) fn limit(schema: &Map, keyword: &str) -> Option<usize> {
    number(&schema.value(keyword)?).map(|n| n as usize)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Nil => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    }
}

fn is_compound(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => single(&text.to_str()),
        Value::Float(n) if n.fract() == 0.0 => format!("{n:.0}"),
        other => String::from_utf8_lossy(&display(other)).into_owned(),
    }
}

fn equal(a: &Value, b: &Value, depth: usize) -> bool {
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

fn duplicates(list: &List) -> Option<(usize, usize)> {
    let items: Vec<&Value> = list.values().take(MAX_UNIQUE).collect();
    let pairs = items
        .iter()
        .enumerate()
        .flat_map(|(b, item)| items.iter().take(b).enumerate().map(move |(a, other)| (a, b, other, item)));
    pairs.into_iter().find(|(_, _, other, item)| equal(other, item, 0)).map(|(a, b, ..)| (a, b))
}

/// Whether a number is a multiple of a step. Helm calculates with fractions; a decimal step like 0.1 is met within
/// what floats can tell.
pub(super) fn is_multiple(n: f64, step: f64) -> bool {
    let quotient = n / step;
    (quotient - quotient.round()).abs() <= quotient.abs() * f64::EPSILON
}
