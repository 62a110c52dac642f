//! YAML into Go's structs, with the words of Go's `encoding/json` where it doesn't fit.
//!
//! sigs.k8s.io/yaml makes JSON of the YAML first. It knows the struct while it does so: a number or boolean that
//! goes into a string field becomes text (`version: 1.10` is `"1.1"`). Keys match without regard to case. A value of
//! the wrong type is skipped, and the first one is reported in the end.

use std::ops::Range;

use super::{Error, ErrorKind, moment};
use crate::helm::Helm;
use crate::source::{FileId, ReadsId, Span};
use crate::value::format::{FloatForm, format_float};
use crate::value::{Map, Value};
use crate::yaml::{self, Duplicates, Numbers};

/// Why a text can't be read: Go's words, and the bytes that are to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) at: Range<usize>,
}

impl From<String> for Fault {
    /// A fault of the whole text.
    fn from(message: String) -> Self {
        Self { message, at: 0..0 }
    }
}

impl From<yaml::Error> for Fault {
    fn from(error: yaml::Error) -> Self {
        Self { message: error.to_string(), at: error.span }
    }
}

impl Fault {
    /// The same in the words of this Helm: Go's types stand in another package in Helm 3.
    pub(super) fn in_words_of(self, helm: Helm) -> Self {
        let is_about_types = self.message.starts_with(DECODING);
        let message = match helm {
            Helm::Three if is_about_types => self.message.replace("v2.", "chart."),
            _ => self.message,
        };
        Self { message, ..self }
    }

    /// As an error about a file of the chart.
    pub(super) fn in_file(self, file: &'static str, id: FileId) -> Error {
        let kind = ErrorKind::CannotLoad { file, cause: self.message };
        Error::from(kind).at(Span::new(id, self.at))
    }
}

/// How Go begins where a value isn't of the type that it should be.
const DECODING: &str = "error unmarshaling JSON: while decoding JSON: ";

/// Reads a YAML document for a struct: integers stay apart from other numbers.
pub(super) fn document(data: &[u8]) -> Result<Value, Fault> {
    let read = yaml::decode_with(data, Duplicates::Allowed, Numbers::Typed, &mut |_| ReadsId::NONE)?;
    Ok(read.value)
}

/// Where a value goes: the innermost struct, and the path of fields from the outermost one.
#[derive(Clone, Debug)]
pub(super) struct Place {
    owner: &'static str,
    path: String,
}

impl Place {
    /// The outermost struct itself.
    pub(super) fn root(owner: &'static str) -> Self {
        Self { owner, path: String::new() }
    }

    /// A field of the struct here.
    pub(super) fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { owner: self.owner, path }
    }

    /// The struct that stands in the field here.
    pub(super) fn nested(&self, owner: &'static str) -> Self {
        Self { owner, path: self.path.clone() }
    }
}

/// Fills fields, and keeps the first error.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    error: Option<String>,
}

impl Decoder {
    /// The first error, if there was one.
    pub(super) fn finish(self) -> Result<(), Fault> {
        self.error.map_or(Ok(()), |message| Err(message.into()))
    }

    /// The entries of an object, each with the field it fills. Nothing for nil.
    pub(super) fn fields<'n>(
        &mut self,
        value: &Value,
        place: &Place,
        go_type: &str,
        names: &[&'n str],
    ) -> Vec<(&'n str, Value)> {
        let Some(map) = self.map(value, place, go_type) else { return Vec::new() };
        let entries = map.entries().into_iter();
        entries.filter_map(|(key, entry)| Some((field_name(&key, names)?, entry.value))).collect()
    }

    /// An object. `None` for nil, too.
    pub(super) fn map(&mut self, value: &Value, place: &Place, go_type: &str) -> Option<Map> {
        match value {
            Value::Map(map) => Some(map.clone()),
            _ => self.mismatch(value, place, go_type),
        }
    }

    /// A string. `None` for nil, which leaves the field as it is.
    pub(super) fn string(&mut self, value: &Value, place: &Place) -> Option<String> {
        match value {
            Value::String(text) => Some(text.to_str().into_owned()),
            Value::Bool(b) => Some(b.to_string()),
            Value::Float(n) => Some(format_float(*n, FloatForm::General, None)),
            Value::Int(n, _) => Some(n.to_string()),
            Value::Uint(n, _) => Some(n.to_string()),
            _ => self.mismatch(value, place, "string"),
        }
    }

    /// A moment, kept as it is written.
    pub(super) fn moment(&mut self, value: &Value) -> Option<String> {
        let result = match value {
            Value::Nil => return None,
            Value::String(text) => moment::check(&text.to_str()).map(|()| text.to_str().into_owned()),
            _ => Err("Time.UnmarshalJSON: input is not a JSON string".to_owned()),
        };
        result.map_err(|cause| self.fault(&cause)).ok()
    }

    /// A boolean.
    pub(super) fn boolean(&mut self, value: &Value, place: &Place) -> Option<bool> {
        match value {
            Value::Bool(b) => Some(*b),
            _ => self.mismatch(value, place, "bool"),
        }
    }

    /// A list. Nil empties it.
    pub(super) fn list(&mut self, value: &Value, place: &Place, go_type: &str) -> Option<Vec<Value>> {
        match value {
            Value::Nil => Some(Vec::new()),
            Value::List(list) => Some(list.values().cloned().collect()),
            _ => self.mismatch(value, place, go_type),
        }
    }

    /// A list of strings.
    pub(super) fn strings(&mut self, value: &Value, place: &Place) -> Option<Vec<String>> {
        let items = self.list(value, place, "[]string")?;
        Some(items.iter().map(|item| self.string(item, place).unwrap_or_default()).collect())
    }

    /// Remembers that the value isn't of the type; nil is of every type.
    pub(super) fn mismatch<T>(&mut self, value: &Value, place: &Place, go_type: &str) -> Option<T> {
        let found = match value {
            Value::Nil => return None,
            Value::Bool(_) => "bool",
            Value::String(_) => "string",
            Value::List(_) => "array",
            Value::Map(_) => "object",
            _ => "number",
        };
        let target = if place.path.is_empty() {
            format!("value of type {go_type}")
        } else {
            format!("struct field {}.{} of type {go_type}", place.owner, place.path)
        };
        self.fault(&format!("json: cannot unmarshal {found} into Go {target}"));
        None
    }

    fn fault(&mut self, cause: &str) {
        self.error.get_or_insert_with(|| format!("{DECODING}{cause}"));
    }
}

/// The field of a key: the one of that very name, else one that differs only in case.
fn field_name<'n>(key: &str, names: &[&'n str]) -> Option<&'n str> {
    let folded = key.to_lowercase();
    let exact = names.iter().find(|name| **name == key);
    exact.or_else(|| names.iter().find(|name| name.to_lowercase() == folded)).copied()
}
