//! What Helm 3's validator refuses as no schema, before it looks at any value.

use std::collections::BTreeSet;

use super::super::Matches;
use super::{Draft, MAX_DEPTH, MAX_STEPS, find, json, limit, members, number, text_of};
use crate::value::{Map, Value};

/// Looks through a schema, keyword by keyword, in the original's order.
pub(super) struct Syntax<'a> {
    root: &'a Value,
    draft: Draft,
    matches: Matches<'a>,
    seen: BTreeSet<String>,
    steps: usize,
}

type Checked = Result<(), String>;

const NOT_A_SCHEMA: &str = "Expected: valid schema, given: Invalid JSON";
const TYPES: [&str; 7] = ["array", "boolean", "integer", "number", "null", "object", "string"];

fn invalid<T>(expected: &str, given: &str) -> Result<T, String> {
    Err(format!("Invalid type. Expected: {expected}, given: {given}"))
}

impl<'a> Syntax<'a> {
    pub(super) fn new(root: &'a Value, draft: Draft, matches: Matches<'a>) -> Self {
        Self { root, draft, matches, seen: BTreeSet::new(), steps: 0 }
    }

    pub(super) fn check(mut self) -> Checked {
        self.schema(self.root, 0)
    }

    fn schema(&mut self, schema: &Value, depth: usize) -> Checked {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return Ok(());
        }
        let map = match schema {
            Value::Bool(_) if self.draft >= Draft::Six => return Ok(()),
            Value::Map(map) => map,
            _ => return Err(NOT_A_SCHEMA.to_owned()),
        };
        self.head(map, depth)?;
        if let Some(reference) = map.value("$ref").as_ref().and_then(text_of) {
            return self.reference(&reference, depth);
        }
        types(map)?;
        self.of_objects(map, depth)?;
        self.of_items(map, depth)?;
        self.bounds(map)?;
        self.of_texts(map)?;
        sizes(map, "minProperties", "maxProperties")?;
        required(map)?;
        sizes(map, "minItems", "maxItems")?;
        if !matches!(map.value("uniqueItems"), None | Some(Value::Bool(_))) {
            return Err("uniqueItems must be of a boolean".to_owned());
        }
        if let Some(contains) = map.value("contains").filter(|_| self.draft >= Draft::Six) {
            self.schema(&contains, depth + 1)?;
        }
        alternatives(map)?;
        self.combined(map, depth)
    }

    fn head(&mut self, map: &Map, depth: usize) -> Checked {
        let id = match self.draft {
            Draft::Four => "id",
            Draft::Hybrid if map.contains("id") => "id",
            _ => "$id",
        };
        let is_text = |key: &str| matches!(map.value(key), None | Some(Value::String(_)));
        if !is_text(id) {
            return invalid("string", id);
        }
        match map.value("definitions") {
            None => {}
            Some(Value::Map(definitions)) => {
                for (_, entry) in definitions.entries() {
                    if !is_schema(&entry.value) {
                        return invalid("array of schemas", "definitions");
                    }
                    self.schema(&entry.value, depth + 1)?;
                }
            }
            Some(_) => return invalid("array of schemas", "definitions"),
        }
        let wrong = ["title", "description", "$ref"].into_iter().find(|key| !is_text(key));
        wrong.map_or(Ok(()), |key| invalid("string", key))
    }

    fn reference(&mut self, reference: &str, depth: usize) -> Checked {
        if !self.seen.insert(reference.to_owned()) {
            return Ok(());
        }
        match find(self.root, reference) {
            Some(target) if is_schema(&target) => self.schema(&target, depth + 1),
            Some(_) => Err("valid schema must be of type object".to_owned()),
            None if reference.starts_with("#/") => Err(missing(self.root, reference)),
            None if reference.contains("://") || reference.starts_with('#') => Ok(()),
            None if reference.starts_with("urn:") => Err(format!("Reference {reference} must be canonical")),
            None => Err(format!("Reference /{} must be canonical", reference.trim_start_matches('/'))),
        }
    }

    fn of_objects(&mut self, map: &Map, depth: usize) -> Checked {
        match map.value("properties") {
            None => {}
            Some(Value::Map(properties)) => {
                for (_, entry) in properties.entries() {
                    self.schema(&entry.value, depth + 1)?;
                }
            }
            Some(_) => return Err("properties must be of type object".to_owned()),
        }
        self.schema_or_boolean(map, "additionalProperties", depth)?;
        match map.value("patternProperties") {
            None => {}
            Some(Value::Map(patterns)) => {
                for (pattern, entry) in patterns.entries() {
                    if (self.matches)(&pattern, "").is_none() {
                        return Err(format!("Invalid regex pattern '{pattern}'"));
                    }
                    self.schema(&entry.value, depth + 1)?;
                }
            }
            Some(_) => return invalid("valid schema", "patternProperties"),
        }
        match map.value("propertyNames").filter(|_| self.draft >= Draft::Six) {
            None => {}
            Some(names) if is_schema(&names) => self.schema(&names, depth + 1)?,
            Some(_) => return invalid("valid schema", "patternProperties"),
        }
        if !matches!(map.value("dependencies"), None | Some(Value::Map(_))) {
            return Err("dependencies must be of type object".to_owned());
        }
        for (_, wanted) in members(map, "dependencies") {
            match &wanted {
                Value::List(names) if names.values().all(|name| name.as_text().is_some()) => {}
                schema if is_schema(schema) => self.schema(schema, depth + 1)?,
                _ => return Err("dependency must be of type schema or array of strings".to_owned()),
            }
        }
        Ok(())
    }

    fn schema_or_boolean(&mut self, map: &Map, keyword: &str, depth: usize) -> Checked {
        match map.value(keyword) {
            None | Some(Value::Bool(_)) => Ok(()),
            Some(schema @ Value::Map(_)) => self.schema(&schema, depth + 1),
            Some(_) => invalid("boolean/valid schema", keyword),
        }
    }

    fn of_items(&mut self, map: &Map, depth: usize) -> Checked {
        let schemas: Vec<Value> = match map.value("items") {
            None => Vec::new(),
            Some(Value::List(schemas)) => schemas.values().cloned().collect(),
            Some(single) => vec![single],
        };
        for schema in schemas {
            if !is_schema(&schema) {
                return invalid("valid schema/array of schemas", "items");
            }
            self.schema(&schema, depth + 1)?;
        }
        self.schema_or_boolean(map, "additionalItems", depth)
    }

    fn bounds(&self, map: &Map) -> Checked {
        let value = |keyword: &str| map.value(keyword);
        match value("multipleOf").as_ref().map(number) {
            Some(None) => return invalid("number", "multipleOf"),
            Some(Some(step)) if step <= 0.0 => return Err("multipleOf must be strictly greater than 0".to_owned()),
            None | Some(Some(_)) => {}
        }
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            if value(bound).is_some_and(|bound| number(&bound).is_none()) {
                return Err(format!("{bound} must be of a number"));
            }
            let is_boolean = self.draft == Draft::Four || self.draft == Draft::Hybrid;
            let is_number = self.draft != Draft::Four;
            match value(exclusive) {
                None => {}
                Some(Value::Bool(_)) if is_boolean && !map.contains(bound) => {
                    return Err(format!("{exclusive} cannot be used without {bound}"));
                }
                Some(Value::Bool(_)) if is_boolean => {}
                Some(other) if is_number && number(&other).is_some() => {}
                Some(_) => {
                    let expected = match self.draft {
                        Draft::Four => "boolean",
                        Draft::Hybrid => "boolean/number",
                        _ => "number",
                    };
                    return invalid(expected, exclusive);
                }
            }
        }
        Ok(())
    }

    fn of_texts(&self, map: &Map) -> Checked {
        sizes(map, "minLength", "maxLength")?;
        match map.value("pattern") {
            Some(Value::String(pattern)) if (self.matches)(&pattern.to_str(), "").is_none() => {
                return Err("pattern must be a valid regex".to_owned());
            }
            None | Some(Value::String(_)) => {}
            Some(_) => return Err("pattern must be of a string".to_owned()),
        }
        match map.value("format") {
            None | Some(Value::String(_)) => Ok(()),
            Some(_) => Err("format must be of type string".to_owned()),
        }
    }

    fn combined(&mut self, map: &Map, depth: usize) -> Checked {
        // The original names the wrong keyword for the last.
        for (keyword, named) in [("oneOf", "oneOf"), ("anyOf", "anyOf"), ("allOf", "anyOf")] {
            match map.value(keyword) {
                None => {}
                Some(Value::List(schemas)) => schemas.values().try_for_each(|schema| self.schema(schema, depth + 1))?,
                Some(_) => return Err(format!("{named} must be of an array")),
            }
        }
        let conditional: &[&str] = if self.draft >= Draft::Seven { &["if", "then", "else"] } else { &[] };
        for keyword in ["not"].iter().chain(conditional) {
            match map.value(keyword) {
                None => {}
                Some(schema) if is_schema(&schema) => self.schema(&schema, depth + 1)?,
                Some(_) => return Err(format!("{keyword} must be of an object")),
            }
        }
        Ok(())
    }
}

fn is_schema(value: &Value) -> bool {
    matches!(value, Value::Map(_) | Value::Bool(_))
}

/// The words of the library that follows pointers.
fn missing(root: &Value, reference: &str) -> String {
    let mut at = root.clone();
    for step in reference.trim_start_matches("#/").split('/') {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = at.as_map().map(|map| map.value(&step));
        match next {
            Some(Some(next)) => at = next,
            Some(None) => return format!("Object has no key '{step}'"),
            None => return format!("Invalid token reference '{step}'"),
        }
    }
    String::new()
}

fn types(map: &Map) -> Checked {
    let named = match map.value("type") {
        None => return Ok(()),
        Some(Value::List(list)) => list.values().cloned().collect(),
        Some(single) => vec![single],
    };
    let mut seen: Vec<String> = Vec::new();
    for name in &named {
        let Some(name) = text_of(name) else {
            // The original takes numbers for texts, and panics.
            let panic = "unable to validate schema: interface conversion: interface {} is json.Number, not string";
            let is_item = named.len() > 1 || matches!(map.value("type"), Some(Value::List(_)));
            let is_number = is_item && number(name).is_some();
            return if is_number { Err(panic.to_owned()) } else { invalid("string/array of strings", "type") };
        };
        if !TYPES.contains(&name.as_str()) {
            let valid = TYPES.join(" ");
            return Err(format!(
                "has a primitive type that is NOT VALID -- given: /{name}/ Expected valid values are:[{valid}]"
            ));
        }
        if seen.contains(&name) {
            return Err(format!("{name} type is duplicated"));
        }
        seen.push(name);
    }
    Ok(())
}

fn sizes(map: &Map, least: &str, most: &str) -> Checked {
    for keyword in [least, most] {
        match map.value(keyword).as_ref().map(number) {
            Some(n) if n.is_none_or(|n| n.fract() != 0.0) => return Err(format!("{keyword} must be of an integer")),
            Some(Some(n)) if n < 0.0 => return Err(format!("{keyword} must be greater than or equal to 0")),
            None | Some(_) => {}
        }
    }
    let is_crossed = limit(map, least).zip(limit(map, most)).is_some_and(|(least, most)| least > most);
    // Of items nobody asks that.
    if is_crossed && least != "minItems" { Err(format!("{least} cannot be greater than {most}")) } else { Ok(()) }
}

fn required(map: &Map) -> Checked {
    let names = match map.value("required") {
        None => return Ok(()),
        Some(Value::List(names)) => names,
        Some(_) => return Err("required must be of an array".to_owned()),
    };
    let mut seen = BTreeSet::new();
    for name in names.values() {
        let Some(name) = text_of(name) else { return Err("required items must be string".to_owned()) };
        if !seen.insert(name) {
            return Err("required items must be unique".to_owned());
        }
    }
    Ok(())
}

fn alternatives(map: &Map) -> Checked {
    match map.value("enum") {
        None => Ok(()),
        Some(Value::List(values)) => {
            let mut seen = BTreeSet::new();
            if values.values().all(|value| seen.insert(json(value))) {
                return Ok(());
            }
            Err("enum items must be unique".to_owned())
        }
        Some(_) => Err("enum must be of an array".to_owned()),
    }
}
