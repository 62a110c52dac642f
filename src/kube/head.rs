//! The head of a document: what Helm reads of it, `apiVersion`, `kind`, and the name and annotations in `metadata`.
//!
//! Helm decodes a document into a Go struct. What that means for the reader of a chart: keys count whatever their case
//! (`Kind` is `kind`), scalars become strings, and anything else in a string's place is refused in the words of Go's
//! JSON decoder. Where several keys are wrong, the first in the order of sorted keys is named.

use std::collections::BTreeMap;

use crate::value::{Map, Traced, Value};

/// What Helm knows of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.name`
    pub name: String,
    /// `metadata.annotations`
    pub annotations: BTreeMap<String, String>,
}

/// The type of `metadata`, as Go's decoder names it.
const METADATA: &str =
    r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

impl Head {
    /// Reads a document's head. The error is that of Go's JSON decoder.
    pub fn read(document: &Value) -> Result<Self, String> {
        let mut head = Self::default();
        let mut decoder = Decoder::default();
        match document {
            Value::Nil => {}
            Value::Map(map) => decoder.head(map, &mut head),
            other => decoder.refuse(other, "Go value", "util.SimpleHead"),
        }
        decoder.error.map_or(Ok(head), Err)
    }
}

/// Go's decoder goes on after a type error, and reports the first.
#[derive(Default)]
struct Decoder {
    error: Option<String>,
}

impl Decoder {
    fn head(&mut self, map: &Map, head: &mut Head) {
        for (key, Traced { value, .. }) in map.entries() {
            if key.eq_ignore_ascii_case("apiVersion") {
                self.string(&value, "SimpleHead.apiVersion", &mut head.api_version);
            } else if key.eq_ignore_ascii_case("kind") {
                self.string(&value, "SimpleHead.kind", &mut head.kind);
            } else if key.eq_ignore_ascii_case("metadata") {
                match value {
                    Value::Nil => {}
                    Value::Map(metadata) => self.metadata(&metadata, head),
                    other => self.refuse(&other, "Go struct field SimpleHead.metadata", METADATA),
                }
            }
        }
    }

    fn metadata(&mut self, metadata: &Map, head: &mut Head) {
        for (key, Traced { value, .. }) in metadata.entries() {
            if key.eq_ignore_ascii_case("name") {
                self.string(&value, ".metadata.name", &mut head.name);
            } else if key.eq_ignore_ascii_case("annotations") {
                match value {
                    Value::Nil => {}
                    Value::Map(annotations) => self.annotations(&annotations, head),
                    other => self.refuse(&other, "Go struct field .metadata.annotations", "map[string]string"),
                }
            }
        }
    }

    fn annotations(&mut self, annotations: &Map, head: &mut Head) {
        for (key, Traced { value, .. }) in annotations.entries() {
            let mut text = String::new();
            self.string(&value, ".metadata.annotations", &mut text);
            head.annotations.insert(key.to_string(), text);
        }
    }

    /// Reads a string; numbers and booleans become strings, null leaves it as it is.
    fn string(&mut self, value: &Value, field: &str, into: &mut String) {
        match value {
            Value::Nil => {}
            Value::Map(_) | Value::List(_) => self.refuse(value, &format!("Go struct field {field}"), "string"),
            scalar => *into = scalar_text(scalar),
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
}

fn scalar_text(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Int(n, _) => n.to_string(),
        Value::Uint(n, _) => n.to_string(),
        Value::Float(n) => n.to_string(),
        Value::String(text) => text.to_str().into_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::List;

    fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
        Value::Map(entries.into_iter().collect())
    }

    #[test]
    fn keys_count_whatever_their_case_and_scalars_become_strings() {
        let annotations = map([("a", Value::int(1)), ("b", true.into()), ("c", Value::Nil)]);
        let metadata = map([("NAME", Value::Float(1.5)), ("annotations", annotations)]);
        let head = Head::read(&map([("KIND", "Namespace".into()), ("metadata", metadata)])).unwrap();
        assert_eq!((head.kind.as_str(), head.name.as_str()), ("Namespace", "1.5"));
        let annotations: Vec<_> = head.annotations.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(annotations, [("a", "1"), ("b", "true"), ("c", "")]);
    }

    #[test]
    fn what_does_not_fit_is_refused_in_gos_words() {
        let list = || Value::List(List::new(Vec::new()));
        let cases = [
            ("x".into(), "json: cannot unmarshal string into Go value of type util.SimpleHead"),
            (list(), "json: cannot unmarshal array into Go value of type util.SimpleHead"),
            (
                map([("kind", list()), ("apiVersion", map([]))]),
                "json: cannot unmarshal object into Go struct field SimpleHead.apiVersion of type string",
            ),
            (
                map([("metadata", map([("annotations", map([("a", list())]))]))]),
                "json: cannot unmarshal array into Go struct field .metadata.annotations of type string",
            ),
        ];
        for (document, error) in cases {
            assert_eq!(Head::read(&document), Err(error.to_owned()));
        }
    }
}
