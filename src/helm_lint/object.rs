//! What the rules know of an object: the fields of a Go struct that its document is decoded into.
//!
//! Keys count whatever their case, scalars become strings, and anything else in a string's place is refused in the words
//! of Go's decoder, the first in the order of sorted keys.

use crate::helm::Helm;
use crate::value::{Map, Value};

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Object {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.name`
    pub name: String,
}

/// What a document is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// YAML, whose numbers become texts where texts are wanted.
    Yaml,
    /// JSON, whose numbers don't.
    Json,
}

/// An object; none for a document that says nothing.
pub(super) fn decode(value: &Value, reading: Reading, helm: Helm) -> Result<Option<Object>, String> {
    let mut decoder = Decoder { letter: if helm.is_three() { "K" } else { "k" }, reading, error: None };
    let object = match value {
        Value::Nil => None,
        Value::Map(map) => Some(decoder.object(map)),
        other => {
            let wanted = format!("rules.{}8sYamlStruct", decoder.letter);
            decoder.refuse(other, "Go value", &wanted);
            None
        }
    };
    decoder.error.map_or(Ok(object), Err)
}

struct Decoder {
    letter: &'static str,
    reading: Reading,
    error: Option<String>,
}

impl Decoder {
    fn object(&mut self, map: &Map) -> Object {
        let mut object = Object::default();
        for (key, entry) in map.entries() {
            let value = &entry.value;
            if key.eq_ignore_ascii_case("apiVersion") {
                self.text(value, "Struct.apiVersion", &mut object.api_version);
            } else if key.eq_ignore_ascii_case("kind") {
                self.text(value, "Struct.Kind", &mut object.kind);
            } else if key.eq_ignore_ascii_case("metadata") {
                match value {
                    Value::Nil => {}
                    Value::Map(metadata) => self.metadata(metadata, &mut object),
                    other => {
                        let place = format!("Go struct field {}8sYamlStruct.Metadata", self.letter);
                        let wanted = format!("rules.{}8sYamlMetadata", self.letter.to_lowercase());
                        self.refuse(other, &place, &wanted);
                    }
                }
            }
        }
        object
    }

    fn metadata(&mut self, metadata: &Map, object: &mut Object) {
        let mut namespace = String::new();
        for (key, entry) in metadata.entries() {
            if key.eq_ignore_ascii_case("name") {
                self.inner(&entry.value, "Name", &mut object.name);
            } else if key.eq_ignore_ascii_case("namespace") {
                self.inner(&entry.value, "Namespace", &mut namespace);
            }
        }
    }

    fn inner(&mut self, value: &Value, field: &str, into: &mut String) {
        match self.scalar(value) {
            Some(text) => *into = text,
            None if value.is_nil() => {}
            None => self.refuse(value, &format!("Go struct field k8sYamlMetadata.Metadata.{field}"), "string"),
        }
    }

    fn text(&mut self, value: &Value, field: &str, into: &mut String) {
        match self.scalar(value) {
            Some(text) => *into = text,
            None if value.is_nil() => {}
            None => {
                let place = format!("Go struct field {}8sYaml{field}", self.letter);
                self.refuse(value, &place, "string");
            }
        }
    }

    fn refuse(&mut self, value: &Value, place: &str, wanted: &str) {
        let found = match value {
            Value::Bool(_) => "bool",
            Value::String(_) => "string",
            Value::List(_) => "array",
            Value::Map(_) => "object",
            _ => "number",
        };
        let error = || format!("json: cannot unmarshal {found} into {place} of type {wanted}");
        self.error.get_or_insert_with(error);
    }

    fn scalar(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text.to_str().into_owned()),
            _ if self.reading == Reading::Json => None,
            Value::Bool(b) => Some(b.to_string()),
            Value::Int(n, _) => Some(n.to_string()),
            Value::Uint(n, _) => Some(n.to_string()),
            Value::Float(n) => Some(n.to_string()),
            _ => None,
        }
    }
}
