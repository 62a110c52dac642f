//! Keywords about objects.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::draft::Draft;
use super::fault::{Fault, listed, single};
use super::keywords::{Dependency, Rest};
use super::scalar::check_sizes;
use super::validate::{Case, Validator, dependency_message, missing};
use crate::value::{Map, Value};

impl Validator<'_> {
    pub(super) fn object(&mut self, case: &mut Case<'_, '_>, map: &Map) {
        let rules = &case.schema.object;
        let present: BTreeSet<Rc<str>> = map.entries().into_iter().map(|(name, _)| name).collect();
        check_sizes(case, rules.sizes, ["minProperties", "maxProperties"], present.len());
        let names = missing(&rules.required, &present);
        if !names.is_empty() {
            let noun = if names.len() == 1 { "property" } else { "properties" };
            case.faults.push(case.spot.fault(format!("missing {noun} {}", listed(&names))));
        }
        if case.is_question && !case.faults.is_empty() {
            return;
        }
        for (property, dependency) in rules.dependencies.iter().filter(|(name, _)| present.contains(name.as_str())) {
            match dependency {
                Dependency::Names(names) => required_by(case, names, property, &present),
                Dependency::Schema(id) => {
                    let result = self.same(case, *id, "", false);
                    case.faults.extend(result.err());
                }
            }
        }
        self.properties(case, map);
        if case.schema.draft > Draft::Four {
            self.names(case, &present);
        }
        for (_, id) in rules.dependent_schemas.iter().filter(|(name, _)| present.contains(name.as_str())) {
            let result = self.same(case, *id, "", false);
            case.faults.extend(result.err());
        }
        for (property, names) in rules.dependent_required.iter().filter(|(name, _)| present.contains(name.as_str())) {
            required_by(case, names, property, &present);
        }
    }

    fn properties(&mut self, case: &mut Case<'_, '_>, map: &Map) {
        let rules = &case.schema.object;
        let mut surplus = Vec::new();
        for (name, entry) in map.entries() {
            if case.is_question && !case.faults.is_empty() {
                return;
            }
            let named = rules.properties.iter().filter(|(known, _)| **known == *name);
            let fits = |pattern: &str| (self.judges.matches)(pattern, &name).unwrap_or(true);
            let fitting = rules.patterns.iter().filter(|(pattern, _)| fits(pattern));
            let mut ids: Vec<usize> = named.chain(fitting).map(|(_, id)| *id).collect();
            if ids.is_empty() {
                match rules.additional {
                    Some(Rest::Allowed(false)) => surplus.push(name.to_string()),
                    Some(Rest::Schema(id)) => ids.push(id),
                    Some(Rest::Allowed(true)) => {}
                    None => continue,
                }
            }
            case.unevaluated.properties.remove(&name);
            let spot = case.spot.below(name, &entry.value);
            for id in ids {
                let result = self.inner(case, id, &spot);
                case.faults.extend(result.err());
            }
        }
        if !surplus.is_empty() {
            case.faults.push(case.spot.fault(format!("additional properties {} not allowed", listed(&surplus))));
        }
    }

    fn names(&mut self, case: &mut Case<'_, '_>, present: &BTreeSet<Rc<str>>) {
        let Some(id) = case.schema.object.names else { return };
        for name in present {
            let value = Value::from(&**name);
            if let Some(causes) = self.apart(id, &case.spot.apart(&value)) {
                // Helm's validator forgets where the object stands.
                let fault = case.spot.fault_of(format!("invalid propertyName {}", single(name)), causes);
                case.faults.push(Fault { at: Vec::new(), ..fault });
            }
        }
    }
}

fn required_by(case: &mut Case<'_, '_>, names: &[String], property: &str, present: &BTreeSet<Rc<str>>) {
    let names = missing(names, present);
    if !names.is_empty() {
        case.faults.push(case.spot.fault(dependency_message(&names, property)));
    }
}
