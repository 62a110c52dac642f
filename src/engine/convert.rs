//! Values to YAML, JSON and TOML, and back.
//!
//! The functions that read never fail: what is wrong with a text stands under `Error` in what they give.

#![allow(clippy::needless_pass_by_value, reason = "template functions own their arguments, as Go's do")]

use super::toml::{self, EncodeError};
use crate::source::ReadsId;
use crate::template::{CallError, Function};
use crate::value::json;
use crate::value::{List, Map, Text, Value};
use crate::yaml;

/// The functions, with their documentation.
pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("toJson", |value: Value| json::encode(&value).unwrap_or_default())
            .doc("a value as JSON; nothing where it can't be")
            .example(r#"{{ dict "a" (list 1 "<") | toJson }}"#, r#"{"a":[1,"\u003c"]}"#),
        Function::new("mustToJson", |value: Value| {
            json::encode(&value).map_err(|error| CallError::Panic(error.to_string()))
        })
        .doc("a value as JSON; fails where it can't be")
        .example("{{ list 1 nil | mustToJson }}", "[1,null]"),
        Function::new("fromJson", from_json)
            .doc("reads a JSON object; errors stand under `Error`")
            .example(r#"{{ (fromJson "{\"a\": 1}").a }}"#, "1"),
        Function::new("fromJsonArray", from_json_array)
            .doc("reads a JSON array; an error is its only item")
            .example(r#"{{ fromJsonArray "[1, 2]" | len }}"#, "2"),
        Function::new("fromYaml", from_yaml)
            .doc("reads a YAML mapping; errors stand under `Error`")
            .example(r#"{{ (fromYaml "a: 1").a }}"#, "1"),
        Function::new("fromYamlArray", from_yaml_array)
            .doc("reads a YAML sequence; an error is its only item")
            .example(r#"{{ fromYamlArray "[1, 2]" | len }}"#, "2"),
        Function::new("toToml", to_toml)
            .doc("a value as TOML; the error's text where it can't be")
            .example(r#"{{ dict "a" 1 | toToml }}"#, "a = 1\n"),
        Function::new("mustToToml", must_to_toml)
            .doc("a value as TOML; fails where it can't be")
            .example(r#"{{ dict "a" "x" | mustToToml }}"#, "a = \"x\"\n"),
    ]
}

/// A value as YAML without a newline at the end; nothing where it can't be written.
pub(super) fn yaml_or_nothing(value: &Value) -> Text {
    json::encode(value).unwrap_or_default().into()
}

/// A map that says what went wrong.
fn error_map(error: String) -> Map {
    [("Error", Value::from(error))].into_iter().collect()
}

/// A list that says what went wrong.
fn error_list(error: String) -> List {
    [Value::from(error)].into_iter().collect()
}

fn from_json(text: Text) -> Map {
    let decoded = json::decode(text.as_bytes(), ReadsId::NONE).map_err(|error| error.to_string());
    let map = decoded.and_then(|value| match value {
        Value::Map(map) => Ok(map),
        Value::Nil => Ok(Map::new()),
        other => Err(json_mismatch(&other, "map[string]interface {}")),
    });
    map.unwrap_or_else(error_map)
}

fn from_json_array(text: Text) -> List {
    let decoded = json::decode(text.as_bytes(), ReadsId::NONE).map_err(|error| error.to_string());
    let list = decoded.and_then(|value| match value {
        Value::List(list) => Ok(list),
        Value::Nil => Ok(List::new(Vec::new())),
        other => Err(json_mismatch(&other, "[]interface {}")),
    });
    list.unwrap_or_else(error_list)
}

fn json_mismatch(value: &Value, wanted: &str) -> String {
    let found = match value {
        Value::Bool(_) => "bool",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    };
    format!("json: cannot unmarshal {found} into Go value of type {wanted}")
}

fn from_yaml(text: Text) -> Map {
    let decoded = decode_yaml(&text).and_then(yaml::expect_map);
    decoded.unwrap_or_else(|error| error_map(error.to_string()))
}

fn from_yaml_array(text: Text) -> List {
    let decoded = decode_yaml(&text).and_then(yaml::expect_list);
    decoded.unwrap_or_else(|error| error_list(error.to_string()))
}

fn decode_yaml(text: &Text) -> Result<Value, yaml::Error> {
    yaml::decode(text.as_bytes())
}

fn to_toml(value: Value) -> Result<String, CallError> {
    match toml::encode(&value) {
        Ok(text) => Ok(text),
        Err(EncodeError::Message(message)) => Ok(message.to_owned()),
        Err(EncodeError::Panic(message)) => Err(CallError::Panic(message.to_owned())),
    }
}

fn must_to_toml(value: Value) -> Result<String, CallError> {
    toml::encode(&value).map_err(|error| match error {
        EncodeError::Message(message) | EncodeError::Panic(message) => CallError::Panic(message.to_owned()),
    })
}
