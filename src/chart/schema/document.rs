//! Documents with schemas in them: which of those have names of their own, and what a reference leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{Address, encoded, join};
use super::draft::{Draft, text_at};
use super::{metaschema, quoted};
use crate::value::{Map, Value};

/// A document.
pub(super) struct Document {
    pub(super) url: String,
    pub(super) value: Value,
    /// Schemas with a name of their own, by their pointers; the document itself is one.
    pub(super) resources: BTreeMap<String, Resource>,
    seen: BTreeSet<String>,
}

/// A schema with a name of its own.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) draft: Draft,
    /// Places in it that have names, and their pointers.
    pub(super) anchors: BTreeMap<String, String>,
    /// Those which `$dynamicRef` looks for.
    pub(super) dynamic: BTreeSet<String>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) url: String,
    pub(super) pointer: String,
}

impl Place {
    pub(super) fn location(&self) -> String {
        format!("{}#{}", self.url, encoded(&self.pointer))
    }
}

/// Documents inside each other.
const DEEPEST: usize = 500;

impl Document {
    /// A document whose schemas are of a draft unless they say otherwise.
    pub(super) fn new(url: &str, value: Value, draft: Draft) -> Result<Self, String> {
        let mut document = Self { url: url.to_owned(), value, resources: BTreeMap::new(), seen: BTreeSet::new() };
        let root = document.value.clone();
        document.collect(&root, url, "", draft, 0)?;
        Ok(document)
    }

    /// The resource that a place belongs to, and its pointer.
    pub(super) fn resource(&self, pointer: &str) -> Option<(&str, &Resource)> {
        let mut at = pointer;
        loop {
            if let Some((pointer, resource)) = self.resources.get_key_value(at) {
                return Some((pointer, resource));
            }
            at = at.get(..at.rfind('/')?).unwrap_or_default();
        }
    }

    /// Takes up a schema that stands where the draft knows of none. Whether it is new.
    pub(super) fn take_up(&mut self, pointer: &str) -> Result<bool, String> {
        if self.seen.contains(pointer) {
            return Ok(false);
        }
        let value = self.lookup(pointer)?;
        let (base, draft) = match self.resource(pointer) {
            Some((_, resource)) => (resource.id.clone(), resource.draft),
            None => return Ok(false),
        };
        self.collect(&value, &base, pointer, draft, 0)?;
        Ok(true)
    }

    /// What stands at a pointer.
    pub(super) fn lookup(&self, pointer: &str) -> Result<Value, String> {
        let place = || quoted(&Place { url: self.url.clone(), pointer: pointer.to_owned() }.location());
        let mut at = self.value.clone();
        for step in pointer.split('/').skip(1) {
            let step = unescaped(step).ok_or_else(|| format!("invalid json-pointer {}", place()))?;
            let next = match &at {
                Value::Map(map) => map.value(&step),
                Value::List(list) => step.parse().ok().and_then(|index| list.values().nth(index).cloned()),
                _ => None,
            };
            at = next.ok_or_else(|| format!("json-pointer in {} not found", place()))?;
        }
        Ok(at)
    }

    /// The place in this document that an address names; nothing where it is in another one.
    pub(super) fn resolve(&self, address: &Address) -> Result<Option<Place>, String> {
        let by_id = || self.resources.iter().find(|(_, resource)| resource.id == address.url);
        let found = if address.url == self.url { self.resources.get_key_value("") } else { by_id() };
        let Some((pointer, resource)) = found else { return Ok(None) };
        let pointer = if address.fragment.is_empty() || address.fragment.starts_with('/') {
            pointer.clone() + &address.fragment
        } else {
            resource.anchors.get(&address.fragment).cloned().ok_or_else(|| {
                let reference = quoted(&format!("{}#{}", resource.id, encoded(&address.fragment)));
                format!("anchor in {reference} not found in schema {}", quoted(&self.url))
            })?
        };
        Ok(Some(Place { url: self.url.clone(), pointer }))
    }

    fn collect(&mut self, value: &Value, base: &str, pointer: &str, draft: Draft, depth: usize) -> Result<(), String> {
        if depth > DEEPEST || !self.seen.insert(pointer.to_owned()) {
            return Ok(());
        }
        let is_root = pointer.is_empty();
        let Value::Map(schema) = value else {
            if is_root {
                self.name(pointer, base, draft);
            }
            return Ok(());
        };
        let mut own = draft_of(schema, draft);
        let mut id = own.id(schema);
        if id.is_empty() && !is_root {
            own = draft;
            id = own.id(schema);
        }
        let mut base = base.to_owned();
        if !id.is_empty() {
            let location = || Place { url: self.url.clone(), pointer: pointer.to_owned() }.location();
            base = join(&base, &id).map_err(|_| format!("error in parsing id at {}", quoted(&location())))?.url;
        }
        if is_root || !id.is_empty() {
            if let Some((other, _)) = self.resources.iter().find(|(_, resource)| resource.id == base) {
                let [id, url, here, there] = [&base, &self.url, pointer, other.as_str()].map(quoted);
                return Err(format!("duplicate id {id} in {url} at {here} and {there}"));
            }
            self.name(pointer, &base, own);
        }
        self.collect_anchors(schema, &base, pointer)?;
        let below = self.resources.values().find(|resource| resource.id == base).map_or(own, |found| found.draft);
        for (pointer, value) in own.subschemas(schema, pointer) {
            self.collect(&value, &base, &pointer, below, depth + 1)?;
        }
        Ok(())
    }

    fn name(&mut self, pointer: &str, id: &str, draft: Draft) {
        let resource = Resource { id: id.to_owned(), draft, anchors: BTreeMap::new(), dynamic: BTreeSet::new() };
        self.resources.insert(pointer.to_owned(), resource);
    }

    fn collect_anchors(&mut self, schema: &Map, base: &str, pointer: &str) -> Result<(), String> {
        let Some(resource) = self.resources.values_mut().find(|resource| resource.id == base) else { return Ok(()) };
        let mut names = Vec::new();
        if resource.draft.is_modern() {
            names.extend(text_at(schema, "$anchor"));
        } else if schema.contains("$ref") {
            return Ok(());
        } else if let Some(id) = text_at(schema, resource.draft.id_keyword()) {
            let fragment = id.split_once('#').map(|(_, fragment)| fragment.to_owned());
            names.extend(fragment.filter(|fragment| !fragment.is_empty() && !fragment.starts_with('/')));
        }
        if let Some(name) = text_at(schema, "$dynamicAnchor").filter(|_| resource.draft == Draft::TwentyTwenty) {
            resource.dynamic.insert(name.clone());
            names.push(name);
        }
        for name in names {
            match resource.anchors.get(&name) {
                Some(other) if other != pointer => {
                    let [name, url, there, here] = [&name, &self.url, other.as_str(), pointer].map(quoted);
                    return Err(format!("duplicate anchor {name} in {url} at {there} and {here}"));
                }
                _ => resource.anchors.insert(name, pointer.to_owned()),
            };
        }
        Ok(())
    }
}

/// The draft that `$schema` names; one that nobody knows is taken for the one around it.
fn draft_of(schema: &Map, otherwise: Draft) -> Draft {
    text_at(schema, "$schema").and_then(|address| Draft::named(&address)).unwrap_or(otherwise)
}

fn unescaped(step: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = step;
    while let Some((before, after)) = rest.split_once('~') {
        out.push_str(before);
        let mut after = after.chars();
        out.push(match after.next()? {
            '0' => '~',
            '1' => '/',
            _ => return None,
        });
        rest = after.as_str();
    }
    out.push_str(rest);
    Some(out)
}

/// The document at an address. Nothing is fetched: what stands on another host allows everything.
pub(super) fn load(url: &str) -> Result<Value, String> {
    if let Some(value) = metaschema::at(url) {
        return Ok(value);
    }
    let failing = |why: String| Err(format!("failing loading {}: {why}", quoted(url)));
    match url.split_once(':') {
        Some(("http" | "https" | "urn", _)) => Ok(Value::Bool(true)),
        Some(("file", path)) => {
            failing(format!("open {}: no such file or directory", path.strip_prefix("//").unwrap_or(path)))
        }
        _ => failing(format!("no URLLoader registered for {}", quoted(url))),
    }
}
