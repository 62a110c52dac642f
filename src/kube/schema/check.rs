//! An object held against its schema.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{DEEPEST, Fields, Known, Property, Schemas, Type, belongs};
use crate::kube::{Field, GroupVersionKind, Object, Path};
use crate::value::Value;

/// A field that doesn't keep to its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field; one that is missing, too.
    pub path: Path,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The schema has no such field.
    Unknown {
        /// The fields it has there.
        known: Vec<Rc<str>>,
        /// Where such a field would be known.
        belongs: Option<Belongs>,
    },
    /// The field comes with a later version of Kubernetes, this minor one.
    Later(u32),
    /// The field is gone since this minor version of Kubernetes.
    Gone(u32),
    /// Something of another type stands there.
    Type {
        /// What should: `a text`.
        wanted: &'static str,
        /// What does.
        found: &'static str,
    },
    /// It is required and isn't there.
    Missing,
    /// It is none of these words.
    Word(Vec<Rc<str>>),
    /// An entry of its list has the same key.
    Duplicate {
        /// The fields that are the key, and their values.
        key: Vec<(Rc<str>, String)>,
        /// The entry before it.
        first: Path,
    },
}

/// Where an unknown field would be known: it was indented wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belongs {
    /// The map it belongs into.
    pub into: Path,
    /// Whether that is around the one in which it stands.
    pub is_outside: bool,
}

impl Schemas {
    /// What in an object doesn't keep to the schema of its kind in a minor version of Kubernetes; nothing where there is
    /// none. The objects in a `List` are held against theirs.
    pub fn faults(&self, object: &Object, minor: u32) -> Vec<Fault> {
        let mut checker = Checker { schemas: self, minor: self.covered(minor), faults: Vec::new() };
        let gvk = object.gvk();
        if self.known(&gvk, minor) == Known::Unknown && gvk.kind.ends_with("List") {
            for item in object.root().get("items").items() {
                checker.object(&item, &gvk.item(&item));
            }
        } else {
            checker.object(object.root(), &gvk);
        }
        checker.faults
    }
}

impl GroupVersionKind {
    /// The kind of an object in a list of this kind.
    fn item(&self, item: &Field) -> Self {
        let own = |key: &str| item.get(key).string().unwrap_or_default();
        let (api_version, kind) = (own("apiVersion"), own("kind"));
        if !kind.is_empty() || self.kind == "List" {
            return Self::new(&api_version, &kind);
        }
        Self { kind: self.kind.trim_end_matches("List").to_owned(), ..self.clone() }
    }
}

struct Checker<'a> {
    schemas: &'a Schemas,
    minor: u32,
    faults: Vec<Fault>,
}

/// Maps around a field, the nearest first, and their fields.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) field: &'a Field,
    pub(super) fields: &'a Fields,
    pub(super) outside: Option<&'a Around<'a>>,
}

impl Checker<'_> {
    fn object(&mut self, field: &Field, gvk: &GroupVersionKind) {
        if let Some(kind) = self.schemas.root(gvk) {
            self.value(field, &kind, None, 0);
        }
    }

    fn report(&mut self, field: &Field, kind: FaultKind) {
        self.faults.push(Fault { path: field.path().clone(), kind });
    }

    fn value(&mut self, field: &Field, kind: &Type, outside: Option<&Around>, depth: usize) {
        if !field.is_present() || depth > DEEPEST {
            return;
        }
        if let Some(wanted) = mismatch(field.value(), kind) {
            return self.report(field, FaultKind::Type { wanted, found: what(field.value()) });
        }
        match kind {
            Type::List(item) => {
                field.items().iter().for_each(|field| self.value(field, item, outside, depth + 1));
            }
            Type::Map(entry) => {
                field.entries().iter().for_each(|(_, field)| self.value(field, entry, outside, depth + 1));
            }
            _ => {
                let schemas = self.schemas;
                if let Some(fields) = schemas.fields(kind) {
                    self.map(Around { field, fields, outside }, depth);
                }
            }
        }
    }

    fn map(&mut self, around: Around, depth: usize) {
        for (name, field) in around.field.entries() {
            match around.fields.get(&name).map(|property| (property, self.absent(property))) {
                Some((property, None)) => self.property(&field, property, &around, depth),
                Some((_, Some(absent))) if field.is_present() => self.report(&field, absent),
                None if field.is_present() && !around.fields.is_open => {
                    let known = around.fields.list.iter().filter(|property| self.absent(property).is_none());
                    let known = known.map(|property| Rc::clone(&property.name)).collect();
                    let belongs = belongs::find(self.schemas, &name, &field, &around);
                    self.report(&field, FaultKind::Unknown { known, belongs });
                }
                _ => {}
            }
        }
        for property in around.fields.list.iter().filter(|property| property.is_required) {
            let field = around.field.get(&property.name);
            if !field.is_present() && self.absent(property).is_none() {
                self.report(&field, FaultKind::Missing);
            }
        }
    }

    /// Why the field isn't there in this version, if it isn't.
    fn absent(&self, property: &Property) -> Option<FaultKind> {
        let later = property.since.filter(|&since| since > self.minor).map(FaultKind::Later);
        later.or_else(|| property.until.filter(|&until| until <= self.minor).map(FaultKind::Gone))
    }

    fn property(&mut self, field: &Field, property: &Property, around: &Around, depth: usize) {
        self.value(field, &property.kind, Some(around), depth + 1);
        if !property.words.is_empty() {
            let items = field.items();
            let fields = if items.is_empty() { vec![field.clone()] } else { items };
            for field in &fields {
                self.word(field, &property.words);
            }
        }
        if !property.keys.is_empty() {
            self.keys(field, property);
        }
    }

    /// An empty text counts as absent: the server fills in its default.
    fn word(&mut self, field: &Field, words: &[Rc<str>]) {
        let written = field.string().filter(|written| !written.is_empty());
        if written.is_some_and(|written| !words.iter().any(|word| **word == written)) {
            self.report(field, FaultKind::Word(words.to_vec()));
        }
    }

    fn keys(&mut self, list: &Field, property: &Property) {
        let mut seen: BTreeMap<Vec<String>, Path> = BTreeMap::new();
        for item in list.items() {
            let values = property.keys.iter().map(|key| key_value(&item, key)).collect::<Option<Vec<String>>>();
            let Some(values) = values else { continue };
            match seen.get(&values) {
                Some(first) => {
                    let key = property.keys.iter().cloned().zip(values).collect();
                    let first = first.clone();
                    self.report(&item, FaultKind::Duplicate { key, first });
                }
                None => drop(seen.insert(values, item.path().clone())),
            }
        }
    }
}

/// The value of a key. Where it is left out it has its default; only protocols have one.
fn key_value(item: &Field, key: &str) -> Option<String> {
    let field = item.get(key);
    match field.value() {
        Value::Nil => (key == "protocol").then(|| "TCP".to_owned()),
        Value::String(text) => Some(text.to_str().into_owned()),
        _ => field.integer().map(|number| number.to_string()),
    }
}

/// What should stand there, where what does is of another type.
pub(super) fn mismatch(value: &Value, kind: &Type) -> Option<&'static str> {
    let is_text = matches!(value, Value::String(_));
    let is_number = matches!(value, Value::Int(..) | Value::Uint(..) | Value::Float(_));
    let is_whole = is_number && !matches!(value, Value::Float(number) if number.fract() != 0.0);
    let (fits, wanted) = match kind {
        Type::Any => (true, "anything"),
        Type::String => (is_text, "a text"),
        Type::Integer => (is_whole, "a whole number"),
        Type::Number => (is_number, "a number"),
        Type::Bool => (matches!(value, Value::Bool(_)), "true or false"),
        Type::IntOrString => (is_text || is_whole, "a whole number or a text"),
        Type::Quantity => (is_text || is_number, "a quantity"),
        Type::List(_) => (value.as_list().is_some(), "a list"),
        Type::Map(_) | Type::Object(_) | Type::Named(_) => (value.as_map().is_some(), "a map"),
    };
    (!fits).then_some(wanted)
}

/// What a value is, in words.
fn what(value: &Value) -> &'static str {
    match value {
        Value::Nil => "nothing",
        Value::Bool(_) => "a boolean",
        Value::String(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Float(number) if number.fract() != 0.0 => "a number with a fraction",
        _ => "a number",
    }
}
