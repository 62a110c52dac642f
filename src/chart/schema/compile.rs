//! Reads the schemas that can be reached from a document, each once, and says what is wrong with one.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::address::join;
use super::compare::limit;
use super::document::{Document, Place, load};
use super::draft::{Draft, below, text_at};
use super::judges::Judges;
use super::keywords::{Dependency, Id, Rest, Schema, Sizes};
use super::number::{Decimal, number};
use super::validate::Validator;
use super::{metaschema, quoted};
use crate::value::{Map, Value};

/// Schemas that were read, and the first of them.
#[derive(Debug)]
pub(super) struct Schemas {
    pub(super) all: Vec<Schema>,
    /// Names that nobody resolves: what they stand for allows everything.
    pub(super) unresolved: Vec<String>,
}

/// Schemas in one document. More aren't read.
const MOST: usize = 200_000;

impl Schemas {
    /// Reads the document at an address, and what it refers to.
    pub(super) fn compile(url: &str, document: Option<Value>, judges: &Judges) -> Result<Self, String> {
        let mut compiler = Compiler {
            documents: BTreeMap::new(),
            all: Vec::new(),
            places: Vec::new(),
            unresolved: Vec::new(),
            ids: BTreeMap::new(),
            judges,
        };
        if let Some(value) = document {
            compiler.add(url, value)?;
        }
        compiler.read(Place { url: url.to_owned(), pointer: String::new() })?;
        Ok(Self { all: compiler.all, unresolved: compiler.unresolved })
    }

    /// A draft's own schema.
    fn of_draft(draft: Draft, judges: &Judges) -> Result<Rc<Self>, String> {
        thread_local! {
            static KNOWN: std::cell::RefCell<BTreeMap<Draft, Rc<Schemas>>> = const { std::cell::RefCell::new(BTreeMap::new()) };
        }
        if let Some(known) = KNOWN.with_borrow(|known| known.get(&draft).cloned()) {
            return Ok(known);
        }
        let schemas = Rc::new(Self::compile(draft.address(), None, judges)?);
        KNOWN.with_borrow_mut(|known| known.insert(draft, Rc::clone(&schemas)));
        Ok(schemas)
    }
}

struct Compiler<'a> {
    documents: BTreeMap<String, Document>,
    all: Vec<Schema>,
    places: Vec<Place>,
    unresolved: Vec<String>,
    ids: BTreeMap<Place, Id>,
    judges: &'a Judges,
}

impl Compiler<'_> {
    fn add(&mut self, url: &str, value: Value) -> Result<(), String> {
        let document = Document::new(url, value, Draft::TwentyTwenty)?;
        if !metaschema::is_official(url) {
            self.check(&document, "", &document.value)?;
        }
        self.documents.insert(url.to_owned(), document);
        Ok(())
    }

    fn document(&mut self, url: &str) -> Result<&mut Document, String> {
        if !self.documents.contains_key(url) {
            self.add(url, load(url)?)?;
            if url.starts_with("urn:") {
                self.unresolved.push(url.to_owned());
            }
        }
        self.documents.get_mut(url).ok_or_else(|| format!("failing loading {}", quoted(url)))
    }

    /// Holds a schema against the one of its draft.
    fn check(&self, document: &Document, pointer: &str, value: &Value) -> Result<(), String> {
        let Some((_, resource)) = document.resource(pointer) else { return Ok(()) };
        let meta = Schemas::of_draft(resource.draft, self.judges)?;
        let Some(faults) = Validator::new(&meta, self.judges).check(value) else { return Ok(()) };
        let place = Place { url: document.url.clone(), pointer: pointer.to_owned() };
        let location = meta.all.first().map_or("", |schema| schema.location.as_str());
        let header = super::fault::single(location);
        let list = super::Fault::list(&faults);
        let place = quoted(&place.location());
        Err(format!("{place} is not valid against metaschema: jsonschema validation failed with {header}\n{list}"))
    }

    fn read(&mut self, first: Place) -> Result<(), String> {
        self.enqueue(first);
        let mut next = 0;
        while let Some(place) = self.places.get(next).cloned() {
            if next >= MOST {
                return Err(format!("stopped at {MOST} schemas"));
            }
            self.ensure(&place)?;
            let value = self.document(&place.url)?.lookup(&place.pointer)?;
            let schema = self.schema(next, &place, &value)?;
            if let Some(slot) = self.all.get_mut(next) {
                *slot = schema;
            }
            next += 1;
        }
        Ok(())
    }

    /// Takes up a schema where the draft knows of none, and checks it.
    fn ensure(&mut self, place: &Place) -> Result<(), String> {
        let document = self.document(&place.url)?;
        if !document.take_up(&place.pointer)? {
            return Ok(());
        }
        let value = document.lookup(&place.pointer)?;
        match self.documents.get(&place.url) {
            Some(document) => self.check(document, &place.pointer, &value),
            None => Ok(()),
        }
    }

    fn enqueue(&mut self, place: Place) -> Id {
        if let Some(id) = self.ids.get(&place) {
            return *id;
        }
        let id = self.all.len();
        self.all.push(Schema::new(place.location()));
        self.places.push(place.clone());
        self.ids.insert(place, id);
        id
    }

    fn schema(&mut self, id: Id, place: &Place, value: &Value) -> Result<Schema, String> {
        let mut schema = Schema::new(place.location());
        let document = self.document(&place.url)?;
        let Some((pointer, resource)) = document.resource(&place.pointer) else { return Ok(schema) };
        schema.draft = resource.draft;
        let (pointer, base) = (pointer.to_owned(), resource.id.clone());
        let dynamic: Vec<(String, String)> = resource
            .anchors
            .iter()
            .filter(|(name, _)| resource.dynamic.contains(*name))
            .map(|(name, pointer)| (name.clone(), pointer.clone()))
            .collect();
        schema.resource = self.enqueue(Place { url: place.url.clone(), pointer });
        if schema.draft == Draft::TwentyTwenty && schema.resource == id {
            for (name, pointer) in dynamic {
                let anchor = self.enqueue(Place { url: place.url.clone(), pointer });
                schema.dynamic_anchors.push((name, anchor));
            }
        }
        match value {
            Value::Bool(verdict) => schema.verdict = Some(*verdict),
            Value::Map(map) if map.is_empty() => schema.verdict = Some(true),
            Value::Map(map) => Reader { compiler: self, place, base: &base, map }.read(&mut schema)?,
            _ => {}
        }
        Ok(schema)
    }
}

/// Reads the keywords of one schema.
struct Reader<'c, 'a> {
    compiler: &'c mut Compiler<'a>,
    place: &'c Place,
    /// What its references are relative to.
    base: &'c str,
    map: &'c Map,
}

impl Reader<'_, '_> {
    fn read(&mut self, schema: &mut Schema) -> Result<(), String> {
        let draft = schema.draft;
        schema.references.plain = self.reference("$ref")?;
        if draft.is_modern() || schema.references.plain.is_none() {
            self.combined(schema);
            self.objects(schema)?;
            self.arrays(schema);
            self.plain(schema)?;
        }
        if draft.is_modern() {
            schema.references.recursive = self.reference("$recursiveRef")?;
            schema.references.recursive_anchor = self.flag("$recursiveAnchor");
        }
        if draft == Draft::TwentyTwenty {
            if let Some(target) = self.reference("$dynamicRef")? {
                let written = text_at(self.map, "$dynamicRef").unwrap_or_default();
                let name = written.split_once('#').map(|(_, name)| name.to_owned());
                let name = name.filter(|name| !name.is_empty() && !name.starts_with('/'));
                schema.references.dynamic = Some((target, name));
            }
            schema.references.dynamic_anchor = text_at(self.map, "$dynamicAnchor");
        }
        Ok(())
    }

    fn combined(&mut self, schema: &mut Schema) {
        let combined = &mut schema.combined;
        combined.all_of = self.list("allOf");
        combined.any_of = self.list("anyOf");
        combined.one_of = self.list("oneOf");
        combined.not = self.one("not");
        if schema.draft >= Draft::Seven {
            combined.condition = self.one("if");
            if combined.condition.is_some() {
                let decided = self.map.value("if").and_then(|condition| match condition {
                    Value::Bool(holds) => Some(holds),
                    _ => None,
                });
                combined.then = if decided == Some(false) { None } else { self.one("then") };
                combined.otherwise = if decided == Some(true) { None } else { self.one("else") };
            }
        }
    }

    fn objects(&mut self, schema: &mut Schema) -> Result<(), String> {
        let rules = &mut schema.object;
        rules.properties = self.members("properties");
        rules.patterns = self.members("patternProperties");
        for (pattern, _) in &rules.patterns {
            self.expression("patternProperties", pattern)?;
        }
        rules.additional = self.rest("additionalProperties");
        if let Some(Value::Map(map)) = self.map.value("dependencies") {
            for (name, entry) in map.entries() {
                let dependency = match &entry.value {
                    Value::List(_) => Dependency::Names(texts(&entry.value)),
                    _ => Dependency::Schema(self.at(&below(&below("", "dependencies"), &name))),
                };
                rules.dependencies.push((name.to_string(), dependency));
            }
        }
        rules.sizes = self.sizes("minProperties", "maxProperties");
        rules.required = self.map.value("required").map(|names| texts(&names)).unwrap_or_default();
        if schema.draft >= Draft::Six {
            rules.names = self.one("propertyNames");
        }
        if schema.draft.is_modern() {
            rules.dependent_schemas = self.members("dependentSchemas");
            rules.unevaluated = self.one("unevaluatedProperties");
            if let Some(Value::Map(map)) = self.map.value("dependentRequired") {
                let lists = map.entries().into_iter().filter(|(_, entry)| matches!(entry.value, Value::List(_)));
                rules.dependent_required = lists.map(|(name, entry)| (name.to_string(), texts(&entry.value))).collect();
            }
        }
        Ok(())
    }

    fn arrays(&mut self, schema: &mut Schema) {
        let rules = &mut schema.array;
        rules.sizes = self.sizes("minItems", "maxItems");
        rules.unique = self.flag("uniqueItems");
        if schema.draft == Draft::TwentyTwenty {
            rules.first = self.list("prefixItems");
            rules.rest = self.one("items").map(Rest::Schema);
        } else if matches!(self.map.value("items"), Some(Value::List(_))) {
            rules.first = self.list("items");
            rules.rest = self.rest("additionalItems");
        } else {
            rules.rest = self.one("items").map(Rest::Schema);
        }
        if schema.draft >= Draft::Six {
            rules.contains = self.one("contains");
        }
        if schema.draft.is_modern() {
            rules.unevaluated = self.one("unevaluatedItems");
            if rules.contains.is_some() {
                rules.contained = self.sizes("minContains", "maxContains");
            }
        }
    }

    /// What needs no other schema.
    fn plain(&mut self, schema: &mut Schema) -> Result<(), String> {
        match self.map.value("type") {
            Some(Value::List(list)) => list.values().filter_map(text).for_each(|name| schema.types.add(&name)),
            Some(other) => text(&other).iter().for_each(|name| schema.types.add(name)),
            None => {}
        }
        if let Some(Value::List(list)) = self.map.value("enum") {
            schema.choices = Some(list.values().cloned().collect());
        }
        schema.constant = self.map.value("const").filter(|_| schema.draft >= Draft::Six);
        schema.format = text_at(self.map, "format").filter(|_| asserts_formats(schema.draft, &self.place.url));
        self.numbers(schema);
        schema.text.sizes = self.sizes("minLength", "maxLength");
        schema.text.pattern = text_at(self.map, "pattern");
        match schema.text.pattern.clone() {
            Some(pattern) => self.expression("pattern", &pattern),
            None => Ok(()),
        }
    }

    fn numbers(&self, schema: &mut Schema) {
        let bound = |keyword: &str| self.map.value(keyword).and_then(|value| number(&value));
        let rules = &mut schema.number;
        rules.maximum = bound("maximum");
        rules.minimum = bound("minimum");
        rules.exclusive_maximum =
            if self.flag("exclusiveMaximum") { rules.maximum.take() } else { bound("exclusiveMaximum") };
        rules.exclusive_minimum =
            if self.flag("exclusiveMinimum") { rules.minimum.take() } else { bound("exclusiveMinimum") };
        rules.multiple_of = bound("multipleOf").map(Decimal::of);
    }

    fn expression(&self, keyword: &str, expression: &str) -> Result<(), String> {
        (self.compiler.judges.expression)(expression).map_err(|error| {
            let place = Place { url: self.place.url.clone(), pointer: below(&self.place.pointer, keyword) };
            format!("invalid regex {} at {}: {error}", quoted(expression), quoted(&place.location()))
        })
    }

    fn reference(&mut self, keyword: &str) -> Result<Option<Id>, String> {
        let Some(reference) = text_at(self.map, keyword) else { return Ok(None) };
        let address = join(self.base, &reference)?;
        let within = match self.compiler.documents.get(&self.place.url) {
            Some(document) => document.resolve(&address)?,
            None => None,
        };
        let place = match within {
            Some(place) => Some(place),
            None => self.compiler.document(&address.url)?.resolve(&address)?,
        };
        Ok(place.map(|place| self.compiler.enqueue(place)))
    }

    fn at(&mut self, pointer: &str) -> Id {
        self.compiler
            .enqueue(Place { url: self.place.url.clone(), pointer: format!("{}{pointer}", self.place.pointer) })
    }

    fn one(&mut self, keyword: &str) -> Option<Id> {
        self.map.contains(keyword).then(|| self.at(&below("", keyword)))
    }

    fn list(&mut self, keyword: &str) -> Vec<Id> {
        let Some(Value::List(list)) = self.map.value(keyword) else { return Vec::new() };
        (0..list.len()).map(|index| self.at(&format!("{}/{index}", below("", keyword)))).collect()
    }

    fn members(&mut self, keyword: &str) -> Vec<(String, Id)> {
        let Some(Value::Map(map)) = self.map.value(keyword) else { return Vec::new() };
        let names = map.entries().into_iter().map(|(name, _)| name.to_string());
        names.map(|name| (name.clone(), self.at(&below(&below("", keyword), &name)))).collect()
    }

    fn rest(&mut self, keyword: &str) -> Option<Rest> {
        match self.map.value(keyword)? {
            Value::Bool(allowed) => Some(Rest::Allowed(allowed)),
            _ => self.one(keyword).map(Rest::Schema),
        }
    }

    fn flag(&self, keyword: &str) -> bool {
        matches!(self.map.value(keyword), Some(Value::Bool(true)))
    }

    fn sizes(&self, least: &str, most: &str) -> Sizes {
        Sizes { least: whole(self.map, least), most: whole(self.map, most) }
    }
}

/// From 2019-09 on a format is a remark, except in the drafts' own schemas.
fn asserts_formats(draft: Draft, url: &str) -> bool {
    !draft.is_modern() || metaschema::is_official(url)
}

/// A whole number under a keyword.
fn whole(schema: &Map, keyword: &str) -> Option<usize> {
    number(&schema.value(keyword)?).filter(|n| n.fract() == 0.0).and_then(|_| limit(schema, keyword))
}

fn text(value: &Value) -> Option<String> {
    value.as_text().map(|text| text.to_str().into_owned())
}

fn texts(value: &Value) -> Vec<String> {
    value.as_list().map(|list| list.values().filter_map(text).collect()).unwrap_or_default()
}
