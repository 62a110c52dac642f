//! The walk through schemas and values.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::compare::{equal, is_compound, plain, type_of};
use super::compile::Schemas;
use super::fault::{Fault, listed, single};
use super::format;
use super::judges::Judges;
use super::keywords::{Id, Schema};
use super::number::{count, number};
use super::unevaluated::Unevaluated;
use crate::value::Value;

/// Schemas inside each other, references included. What lies deeper counts as valid.
const MAX_DEPTH: usize = 200;
/// Schemas looked at in one check. What comes later counts as valid.
const MAX_STEPS: usize = 2_000_000;

/// Holds values against schemas.
pub(super) struct Validator<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) judges: &'a Judges,
    steps: usize,
}

/// A value, and where it stands.
#[derive(Clone)]
pub(super) struct Spot<'v> {
    pub(super) value: &'v Value,
    path: Vec<Rc<str>>,
    depth: usize,
}

impl Spot<'_> {
    pub(super) fn below<'w>(&self, step: impl Into<Rc<str>>, value: &'w Value) -> Spot<'w> {
        let mut path = self.path.clone();
        path.push(step.into());
        Spot { value, path, depth: self.depth }
    }

    /// The value alone, as if it stood nowhere.
    pub(super) fn apart<'w>(&self, value: &'w Value) -> Spot<'w> {
        Spot { value, path: Vec::new(), depth: self.depth }
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        let at = self.path.iter().map(ToString::to_string).collect();
        Fault { at, message: message.into(), causes: Vec::new(), is_reference: false }
    }

    pub(super) fn fault_of(&self, message: impl Into<String>, causes: Vec<Fault>) -> Fault {
        Fault { causes, ..self.fault(message) }
    }
}

/// The schemas that led to one: where references look for names, and whether they go round in circles.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) id: Id,
    /// The reference that led here; empty where the schema stands in the one before.
    keyword: &'static str,
    /// Which value it is about.
    value: usize,
    parent: Option<&'s Scope<'s>>,
}

impl<'s> Scope<'s> {
    pub(super) fn root(id: Id) -> Self {
        Self { id, keyword: "", value: 0, parent: None }
    }

    /// A schema for the same value.
    pub(super) fn same(&'s self, id: Id, keyword: &'static str) -> Self {
        Self { id, keyword, value: self.value, parent: Some(self) }
    }

    /// A schema for a value in it.
    pub(super) fn inner(&'s self, id: Id) -> Self {
        Self { id, keyword: "", value: self.value + 1, parent: Some(self) }
    }

    fn up(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |scope| scope.parent)
    }

    fn earlier(&self) -> Option<&Self> {
        self.up().skip(1).take_while(|scope| scope.value == self.value).find(|scope| scope.id == self.id)
    }
}

/// One schema and one value.
pub(super) struct Case<'c, 'v> {
    pub(super) schema: &'c Schema,
    pub(super) scope: &'c Scope<'c>,
    pub(super) spot: &'c Spot<'v>,
    pub(super) unevaluated: Unevaluated,
    /// Whether one fault is enough.
    pub(super) is_question: bool,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Validator<'a> {
    pub(super) fn new(schemas: &'a Schemas, judges: &'a Judges) -> Self {
        Self { schemas, judges, steps: 0 }
    }

    /// The faults of a value; nothing where it has none.
    pub(super) fn check(&mut self, value: &Value) -> Option<Vec<Fault>> {
        let spot = Spot { value, path: Vec::new(), depth: 0 };
        self.apart(0, &spot)
    }

    /// A value held against a schema as if nothing were around it.
    pub(super) fn apart(&mut self, id: Id, spot: &Spot<'_>) -> Option<Vec<Fault>> {
        let unevaluated = self.unevaluated(id, spot.value, false);
        let fault = self.schema(&Scope::root(id), spot, unevaluated, false).err()?;
        Some(if fault.is_group() { fault.causes } else { vec![fault] })
    }

    fn unevaluated(&self, id: Id, value: &Value, is_wanted: bool) -> Unevaluated {
        self.schemas.all.get(id).map_or_else(Unevaluated::default, |schema| Unevaluated::of(value, schema, is_wanted))
    }

    /// Another schema for the same value.
    pub(super) fn same(
        &mut self,
        case: &mut Case<'_, '_>,
        id: Id,
        keyword: &'static str,
        is_question: bool,
    ) -> Result<(), Fault> {
        let unevaluated = self.unevaluated(id, case.spot.value, !case.unevaluated.is_empty());
        let scope = case.scope.same(id, keyword);
        let left = self.schema(&scope, case.spot, unevaluated, case.is_question || is_question)?;
        case.unevaluated.keep(&left);
        Ok(())
    }

    /// A schema for a value in it.
    pub(super) fn inner(&mut self, case: &Case<'_, '_>, id: Id, spot: &Spot<'_>) -> Result<(), Fault> {
        let unevaluated = self.unevaluated(id, spot.value, false);
        self.schema(&case.scope.inner(id), spot, unevaluated, case.is_question).map(|_| ())
    }

    fn schema(
        &mut self,
        scope: &Scope<'_>,
        spot: &Spot<'_>,
        unevaluated: Unevaluated,
        is_question: bool,
    ) -> Result<Unevaluated, Fault> {
        self.steps += 1;
        let Some(schema) = self.schemas.all.get(scope.id).filter(|_| spot.depth < MAX_DEPTH) else {
            return Ok(unevaluated);
        };
        if self.steps > MAX_STEPS {
            return Ok(unevaluated);
        }
        match schema.verdict {
            Some(true) => return Ok(unevaluated),
            Some(false) => return Err(spot.fault("false schema")),
            None => {}
        }
        if let Some(earlier) = scope.earlier() {
            return Err(spot.fault(self.circle(scope, earlier)));
        }
        if let Some(fault) = self.first_fault(schema, spot) {
            return Err(fault);
        }
        let spot = &Spot { depth: spot.depth + 1, ..spot.clone() };
        let mut case = Case { schema, scope, spot, unevaluated, is_question, faults: Vec::new() };
        if let Some(id) = schema.references.plain {
            let result = self.reference(&mut case, id, "$ref");
            if !schema.draft.is_modern() {
                return result.map(|()| case.unevaluated);
            }
            case.faults.extend(result.err());
        }
        self.by_type(&mut case);
        if case.faults.is_empty() || !is_question {
            if schema.draft.is_modern() {
                self.other_references(&mut case);
            }
            self.combined(&mut case);
            if schema.draft.is_modern() {
                self.rest(&mut case);
            }
        }
        match case.faults.len() {
            0 => Ok(case.unevaluated),
            1 => case.faults.pop().map_or(Ok(case.unevaluated), Err),
            _ => Err(spot.fault_of(Fault::GROUP, case.faults)),
        }
    }

    fn by_type(&mut self, case: &mut Case<'_, '_>) {
        match case.spot.value {
            Value::Map(map) => self.object(case, map),
            Value::List(list) => self.array(case, list),
            Value::String(text) => self.text(case, &text.to_str()),
            other => {
                if let Some(n) = number(other) {
                    super::scalar::number(case, n);
                }
            }
        }
    }

    /// What is told alone, for nothing else makes sense where it is wrong.
    fn first_fault(&self, schema: &Schema, spot: &Spot<'_>) -> Option<Fault> {
        let type_fault = type_fault(schema, spot).or_else(|| equality_fault(schema, spot));
        type_fault.or_else(|| {
            let name = schema.format.as_deref()?;
            let why = format::fault(name, spot.value, self.judges)?;
            Some(spot.fault(format!("{} is not valid {name}: {why}", plain(spot.value))))
        })
    }

    fn circle(&self, scope: &Scope<'_>, earlier: &Scope<'_>) -> String {
        let location = |id: Id| self.schemas.all.get(id).map_or("", |schema| schema.location.as_str());
        let way = |scope: &Scope<'_>| {
            let mut steps = Vec::new();
            for scope in scope.up() {
                let Some(parent) = scope.parent else { break };
                let (own, before) = (location(scope.id), location(parent.id));
                steps.push(match scope.keyword {
                    "" => own.get(before.len()..).unwrap_or_default().to_owned(),
                    keyword => format!("/{keyword}"),
                });
            }
            steps.into_iter().rev().collect::<String>()
        };
        let url = super::quoted(location(scope.id));
        format!("both {} and {} resolve to {url} causing reference cycle", way(scope), way(earlier))
    }

    fn reference(&mut self, case: &mut Case<'_, '_>, id: Id, keyword: &'static str) -> Result<(), Fault> {
        self.same(case, id, keyword, false).map_err(|fault| {
            let causes = if fault.is_group() { fault.causes } else { vec![fault] };
            Fault { is_reference: true, ..case.spot.fault_of(Fault::GROUP, causes) }
        })
    }

    fn other_references(&mut self, case: &mut Case<'_, '_>) {
        let references = &case.schema.references;
        if let Some(id) = references.recursive {
            let is_anchor = |id: Id| self.schemas.all.get(id).is_some_and(|schema| schema.references.recursive_anchor);
            let resource = |id: Id| self.schemas.all.get(id).map_or(id, |schema| schema.resource);
            let outermost = case.scope.up().filter(|scope| is_anchor(resource(scope.id))).last();
            let target = if is_anchor(id) { outermost.map_or(id, |scope| scope.id) } else { id };
            let result = self.reference(case, target, "$recursiveRef");
            case.faults.extend(result.err());
        }
        if let Some((id, name)) = &references.dynamic {
            let target = name.as_deref().map_or(*id, |name| self.dynamic_target(case.scope, *id, name));
            let result = self.reference(case, target, "$dynamicRef");
            case.faults.extend(result.err());
        }
    }

    fn dynamic_target(&self, scope: &Scope<'_>, first: Id, name: &str) -> Id {
        let schema = |id: Id| self.schemas.all.get(id);
        let is_dynamic = |schema: &Schema| schema.references.dynamic_anchor.as_deref() == Some(name);
        if !schema(first).is_some_and(is_dynamic) {
            return first;
        }
        let named = |id: Id| {
            let resource = schema(schema(id)?.resource)?;
            resource.dynamic_anchors.iter().find(|(anchor, _)| anchor == name).map(|(_, id)| *id)
        };
        scope.up().filter_map(|scope| named(scope.id)).last().unwrap_or(first)
    }

    fn combined(&mut self, case: &mut Case<'_, '_>) {
        let combined = &case.schema.combined;
        if let Some(id) = combined.not
            && self.same(case, id, "", true).is_ok()
        {
            case.faults.push(case.spot.fault("'not' failed"));
        }
        let mut causes = Vec::new();
        for id in &combined.all_of {
            causes.extend(self.same(case, *id, "", false).err());
        }
        if !causes.is_empty() {
            case.faults.push(case.spot.fault_of("'allOf' failed", causes));
        }
        self.any_of(case);
        self.one_of(case);
        if let Some(condition) = combined.condition {
            let holds = self.same(case, condition, "", true).is_ok();
            if let Some(id) = if holds { combined.then } else { combined.otherwise } {
                let result = self.same(case, id, "", false);
                case.faults.extend(result.err());
            }
        }
    }

    /// Where it matters what was looked at, all are tried.
    fn any_of(&mut self, case: &mut Case<'_, '_>) {
        let ids = &case.schema.combined.any_of;
        let (mut causes, mut matched) = (Vec::new(), false);
        for id in ids {
            if let Err(fault) = self.same(case, *id, "", false) {
                causes.push(fault);
                continue;
            }
            matched = true;
            if case.unevaluated.is_empty() {
                break;
            }
        }
        if !ids.is_empty() && !matched {
            case.faults.push(case.spot.fault_of("'anyOf' failed", causes));
        }
    }

    fn one_of(&mut self, case: &mut Case<'_, '_>) {
        let ids = &case.schema.combined.one_of;
        let mut causes = Vec::new();
        let mut matched: Option<usize> = None;
        for (index, id) in ids.iter().enumerate() {
            match (self.same(case, *id, "", matched.is_some()), matched) {
                (Err(fault), None) => causes.push(fault),
                (Err(_), Some(_)) => {}
                (Ok(()), None) => matched = Some(index),
                (Ok(()), Some(first)) => {
                    let (first, second) = (count(first), count(index));
                    let message = format!("'oneOf' failed, subschemas {first}, {second} matched");
                    case.faults.push(case.spot.fault(message));
                    break;
                }
            }
        }
        if matched.is_none() && !ids.is_empty() {
            case.faults.push(case.spot.fault_of("'oneOf' failed, none matched", causes));
        }
    }

    /// `unevaluatedProperties`, `unevaluatedItems`.
    fn rest(&mut self, case: &mut Case<'_, '_>) {
        match (case.spot.value, case.schema.object.unevaluated, case.schema.array.unevaluated) {
            (Value::Map(map), Some(id), _) => {
                for name in std::mem::take(&mut case.unevaluated.properties) {
                    let Some(value) = map.value(&name) else { continue };
                    let result = self.inner(case, id, &case.spot.below(name, &value));
                    case.faults.extend(result.err());
                }
            }
            (Value::List(list), _, Some(id)) => {
                for index in std::mem::take(&mut case.unevaluated.items) {
                    let Some(item) = list.items().get(index) else { continue };
                    let result = self.inner(case, id, &case.spot.below(index.to_string(), &item.value));
                    case.faults.extend(result.err());
                }
            }
            _ => {}
        }
    }
}

fn type_fault(schema: &Schema, spot: &Spot<'_>) -> Option<Fault> {
    let types = schema.types;
    let got = type_of(spot.value);
    let is_whole = number(spot.value).is_some_and(|n| n.fract() == 0.0);
    if types.is_empty() || types.contains(got) || types.contains("integer") && is_whole {
        return None;
    }
    let wanted: Vec<&str> = types.names().collect();
    Some(spot.fault(format!("got {got}, want {}", wanted.join(" or "))))
}

fn equality_fault(schema: &Schema, spot: &Spot<'_>) -> Option<Fault> {
    if let Some(wanted) = schema.constant.as_ref().filter(|wanted| !equal(spot.value, wanted, 0)) {
        let message =
            if is_compound(wanted) { "'const' failed".to_owned() } else { format!("value must be {}", plain(wanted)) };
        return Some(spot.fault(message));
    }
    let wanted = schema.choices.as_ref()?;
    if wanted.iter().any(|wanted| equal(spot.value, wanted, 0)) {
        return None;
    }
    let shown: Vec<String> = wanted.iter().map(plain).collect();
    Some(spot.fault(match shown.as_slice() {
        _ if wanted.iter().any(is_compound) => "'enum' failed".to_owned(),
        [only] => format!("value must be {only}"),
        _ => format!("value must be one of {}", shown.join(", ")),
    }))
}

/// Names that a list asks for and a set lacks.
pub(super) fn missing(names: &[String], present: &BTreeSet<Rc<str>>) -> Vec<String> {
    names.iter().filter(|name| !present.contains(name.as_str())).cloned().collect()
}

/// What is said of properties that follow from another.
pub(super) fn dependency_message(names: &[String], property: &str) -> String {
    format!("properties {} required, if {} exists", listed(names), single(property))
}
