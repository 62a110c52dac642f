//! Objects and arrays.

use std::collections::BTreeMap;

use super::{Draft, Outcome, Spot, Validator, json, keep_best, limit, members, text_of};
use crate::value::{List, Map, Value};

impl Validator<'_> {
    pub(super) fn object(&mut self, schema: &Map, map: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        if let Some(least) = limit(schema, "minProperties").filter(|least| map.len() < *least) {
            outcome.fault(spot, format!("Must have at least {least} properties"));
        }
        if let Some(most) = limit(schema, "maxProperties").filter(|most| map.len() > *most) {
            outcome.fault(spot, format!("Must have at most {most} properties"));
        }
        if let Some(Value::List(names)) = schema.value("required") {
            for name in names.values().filter_map(text_of) {
                if map.contains(&name) {
                    outcome.score += 1;
                } else {
                    outcome.fault(spot, format!("{name} is required"));
                }
            }
        }
        self.other_properties(schema, map, spot, outcome);
        self.property_names(schema, map, spot, outcome);
        outcome.score += 1;
    }

    /// `patternProperties`, and `additionalProperties` for those that nothing describes.
    fn other_properties(&mut self, schema: &Map, map: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        let named = schema.value("properties");
        let patterns = members(schema, "patternProperties");
        let additional = schema.value("additionalProperties");
        for (name, entry) in map.entries() {
            let below = spot.below(&*name, &entry.value);
            let is_named = named.as_ref().and_then(Value::as_map).is_some_and(|named| named.contains(&name));
            let mut is_matched = false;
            for (pattern, schema) in &patterns {
                if (self.matches)(pattern, &name) == Some(true) {
                    is_matched = true;
                    let tried = self.outcome(schema, &below);
                    outcome.merge(tried);
                }
            }
            outcome.score += i64::from(is_matched);
            if is_named || is_matched {
                continue;
            }
            match &additional {
                Some(Value::Bool(false)) => {
                    outcome.fault(spot, format!("Additional property {name} is not allowed"));
                }
                Some(schema @ Value::Map(_)) => {
                    let tried = self.outcome(schema, &below);
                    outcome.merge(tried);
                }
                _ => {}
            }
        }
    }

    fn property_names(&mut self, schema: &Map, map: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        let Some(names) = schema.value("propertyNames").filter(|_| self.draft >= Draft::Six) else { return };
        for (name, _) in map.entries() {
            let value = Value::from(&*name);
            let tried = self.outcome(&names, &Spot { value: &value, path: spot.path.clone(), depth: spot.depth });
            if !tried.is_valid() {
                outcome.fault(spot, format!("Property name of \"{name}\" does not match"));
                outcome.merge(tried);
            }
        }
    }

    /// The properties that are described, which come last.
    pub(super) fn properties(&mut self, schema: &Map, map: &Map, spot: &Spot<'_>, outcome: &mut Outcome) {
        for (name, schema) in members(schema, "properties") {
            if let Some(value) = map.value(&name) {
                self.schema(&schema, &spot.below(name, &value), outcome);
            }
        }
    }

    pub(super) fn array(&mut self, schema: &Map, list: &List, spot: &Spot<'_>, outcome: &mut Outcome) {
        self.items(schema, list, spot, outcome);
        if let Some(least) = limit(schema, "minItems").filter(|least| list.len() < *least) {
            outcome.fault(spot, format!("Array must have at least {least} items"));
        }
        if let Some(most) = limit(schema, "maxItems").filter(|most| list.len() > *most) {
            outcome.fault(spot, format!("Array must have at most {most} items"));
        }
        if matches!(schema.value("uniqueItems"), Some(Value::Bool(true))) {
            let mut seen = BTreeMap::new();
            for (at, item) in list.values().enumerate() {
                if let Some(before) = seen.insert(json(item), at) {
                    outcome.fault(spot, format!("array items[{before},{at}] must be unique"));
                }
            }
        }
        self.contains(schema, list, spot, outcome);
        outcome.score += 1;
    }

    fn items(&mut self, schema: &Map, list: &List, spot: &Spot<'_>, outcome: &mut Outcome) {
        let single = match schema.value("items") {
            None => return,
            Some(Value::List(schemas)) => {
                let schemas: Vec<Value> = schemas.values().cloned().collect();
                return self.tuple(schema, &schemas, list, spot, outcome);
            }
            Some(single) => single,
        };
        for (at, item) in list.values().enumerate() {
            let tried = self.outcome(&single, &spot.below(at.to_string(), item));
            outcome.merge(tried);
        }
    }

    /// A schema for each of the first items, and `additionalItems` for the others.
    fn tuple(&mut self, schema: &Map, schemas: &[Value], list: &List, spot: &Spot<'_>, outcome: &mut Outcome) {
        let additional = schema.value("additionalItems");
        if !schemas.is_empty() && schemas.len() < list.len() && matches!(additional, Some(Value::Bool(false))) {
            // Told behind the faults of the items.
            self.first_items(schemas, list, spot, outcome);
            return outcome.fault(spot, "No additional items allowed on array");
        }
        self.first_items(schemas, list, spot, outcome);
        let Some(additional @ Value::Map(_)) = additional.filter(|_| !schemas.is_empty()) else { return };
        for (at, item) in list.values().enumerate().skip(schemas.len()) {
            let tried = self.outcome(&additional, &spot.below(at.to_string(), item));
            outcome.merge(tried);
        }
    }

    fn first_items(&mut self, schemas: &[Value], list: &List, spot: &Spot<'_>, outcome: &mut Outcome) {
        for (at, (schema, item)) in schemas.iter().zip(list.values()).enumerate() {
            let tried = self.outcome(schema, &spot.below(at.to_string(), item));
            outcome.merge(tried);
        }
    }

    fn contains(&mut self, schema: &Map, list: &List, spot: &Spot<'_>, outcome: &mut Outcome) {
        let Some(wanted) = schema.value("contains").filter(|_| self.draft >= Draft::Six) else { return };
        let mut best: Option<Outcome> = None;
        for (at, item) in list.values().enumerate() {
            let tried = self.outcome(&wanted, &spot.below(at.to_string(), item));
            if tried.is_valid() {
                return;
            }
            keep_best(&mut best, tried);
        }
        outcome.fault(spot, "At least one of the items must match");
        outcome.merge(best.unwrap_or_default());
    }
}
