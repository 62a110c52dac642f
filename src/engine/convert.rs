//! Values to YAML, JSON and TOML, and back.
//!
//! The functions that read never fail: what is wrong with a text stands under `Error` in what they give.

#![allow(clippy::needless_pass_by_value, reason = "template functions own their arguments, as Go's do")]

use std::ops::Range;

use super::functions::{ReadText, reads_of};
use super::toml::{self, EncodeError};
use crate::source::{OriginId, ReadsId};
use crate::sprig;
use crate::template::{CallError, Context, Function, reads_within};
use crate::value::json::{self, DecodeErrorKind};
use crate::value::{List, ListKind, Map, MapKind, Text, Traced, Value};
use crate::yaml::{self, Duplicates, Numbers, Part};

/// The functions, with their documentation.
pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("toYaml", to_yaml)
            .doc("a value as YAML; nothing where it can't be")
            .example(r#"{{ dict "b" (list 1) "a" "x" | toYaml }}"#, "a: x\nb:\n- 1"),
        Function::new("mustToYaml", must_to_yaml)
            .doc("a value as YAML; fails where it can't be")
            .example(r#"{{ list "y" | mustToYaml }}"#, "- \"y\""),
        Function::new("toYamlPretty", to_yaml_pretty)
            .doc("a value as YAML with indented sequences; nothing where it can't be")
            .example(r#"{{ dict "a" (list 1) | toYamlPretty }}"#, "a:\n  - 1"),
        Function::new("toJson", |context: &mut dyn Context, value: Traced| {
            let reads = reads_within(context.trace(), &value);
            Traced::new(json::encode(&value.value).unwrap_or_default(), reads)
        })
        .doc("a value as JSON; nothing where it can't be")
        .example(r#"{{ dict "a" (list 1 "<") | toJson }}"#, r#"{"a":[1,"\u003c"]}"#),
        Function::new("mustToJson", |context: &mut dyn Context, value: Traced| {
            let reads = reads_within(context.trace(), &value);
            let json = json::encode(&value.value).map_err(|error| CallError::Panic(error.to_string()));
            json.map(|json| Traced::new(json, reads))
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
        Function::new("fromToml", from_toml)
            .doc("reads a TOML document; errors stand under `Error`")
            .example(r#"{{ (fromToml "[a]\nb = 1").a.b }}"#, "1"),
    ]
}

/// A value as YAML without a newline at the end; nothing where it can't be written.
pub(super) fn yaml_or_nothing(value: Value) -> Text {
    let encoded = yaml::encode(&value.into(), &mut |_| OriginId::UNKNOWN);
    encoded.map(|text| without_last_newline(&text)).unwrap_or_default()
}

type EncodeYaml = fn(&Traced, &mut dyn FnMut(Part) -> OriginId) -> Result<Text, String>;

/// A value as YAML whose scalars know which value they were.
fn yaml_text(context: &mut dyn Context, value: &Traced, encode: EncodeYaml) -> Result<Text, String> {
    let text = encode(value, &mut |part| {
        let reads = match part {
            Part::Key(reads) => context.trace().names(reads),
            Part::Value(reads) => reads,
        };
        context.here(reads)
    })?;
    Ok(without_last_newline(&text))
}

fn to_yaml(context: &mut dyn Context, value: Traced) -> Traced {
    let reads = reads_within(context.trace(), &value);
    Traced::new(yaml_text(context, &value, yaml::encode).unwrap_or_default(), reads)
}

fn must_to_yaml(context: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    let text = yaml_text(context, &value, yaml::encode).map_err(CallError::Panic)?;
    Ok(Traced::new(text, reads_within(context.trace(), &value)))
}

fn to_yaml_pretty(context: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    let reads = reads_within(context.trace(), &value);
    match yaml_text(context, &value, yaml::encode_pretty) {
        // Go's library panics here, where it has an error otherwise.
        Err(message) if message.starts_with("cannot marshal type") => Err(CallError::Panic(message)),
        text => Ok(Traced::new(text.unwrap_or_default(), reads)),
    }
}

fn without_last_newline(text: &Text) -> Text {
    match text.as_bytes() {
        [before @ .., b'\n'] => text.slice(0..before.len()),
        _ => text.clone(),
    }
}

/// A map that says what went wrong.
fn error_map(error: String) -> Map {
    [("Error", Value::from(error))].into_iter().collect()
}

/// A list that says what went wrong.
fn error_list(error: String) -> List {
    [Value::from(error)].into_iter().collect()
}

fn from_json(ReadText { text, reads }: ReadText) -> Map {
    let map = decode_json(&text, reads, |value| matches!(value, Value::Map(_))).and_then(|value| match value {
        Value::Map(map) => Ok(map),
        Value::Nil => Ok(Map::nil(MapKind::Any)),
        other => Err(json_mismatch(&other, "map[string]interface {}")),
    });
    map.unwrap_or_else(error_map)
}

fn from_json_array(ReadText { text, reads }: ReadText) -> List {
    let list = decode_json(&text, reads, |value| matches!(value, Value::List(_))).and_then(|value| match value {
        Value::List(list) => Ok(list),
        Value::Nil => Ok(List::nil(ListKind::Any)),
        other => Err(json_mismatch(&other, "[]interface {}")),
    });
    list.unwrap_or_else(error_list)
}

/// A number that is too large doesn't count where nothing fits anyway.
fn decode_json(text: &Text, reads: ReadsId, fits: fn(&Value) -> bool) -> Result<Value, String> {
    match json::decode(text.as_bytes(), reads) {
        Err(error) if matches!(error.kind, DecodeErrorKind::NumberRange(_)) && !fits(&error.partial) => {
            Ok(if error.partial.is_nil() { Value::Float(0.0) } else { error.partial })
        }
        decoded => decoded.map_err(|error| error.to_string()),
    }
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

fn from_yaml(context: &mut dyn Context, text: ReadText) -> Map {
    let decoded = decode_yaml(context, &text).and_then(yaml::expect_map);
    decoded.unwrap_or_else(|error| error_map(error.to_string()))
}

fn from_yaml_array(context: &mut dyn Context, text: ReadText) -> List {
    let decoded = decode_yaml(context, &text).and_then(yaml::expect_list);
    decoded.unwrap_or_else(|error| error_list(error.to_string()))
}

/// Reads a text whose pieces know what they were read from; so will the values.
fn decode_yaml(context: &mut dyn Context, ReadText { text, reads }: &ReadText) -> Result<Value, yaml::Error> {
    let trace = context.trace();
    let mut slot = |range: Range<usize>| match text.runs() {
        Some(runs) if trace.is_on() => reads_of(trace, runs, range),
        _ => *reads,
    };
    Ok(yaml::decode_with(text.as_bytes(), Duplicates::Allowed, Numbers::Float, &mut slot)?.value)
}

fn to_toml(context: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    let reads = reads_within(context.trace(), &value);
    match toml::encode(&value.value, context.helm()) {
        Ok(text) => Ok(Traced::new(text, reads)),
        Err(EncodeError::Message(message)) => Ok(Traced::new(message, reads)),
        Err(EncodeError::Panic(message)) => Err(CallError::Panic(message.to_owned())),
    }
}

fn must_to_toml(context: &mut dyn Context, value: Traced) -> Result<Traced, CallError> {
    let reads = reads_within(context.trace(), &value);
    let text = toml::encode(&value.value, context.helm()).map_err(|error| match error {
        EncodeError::Message(message) | EncodeError::Panic(message) => CallError::Panic(message.to_owned()),
    });
    text.map(|text| Traced::new(text, reads))
}

fn from_toml(context: &mut dyn Context, text: Text) -> Map {
    let helm = context.helm();
    toml::decode(text.as_bytes(), helm, &mut |written| moment(context, written)).unwrap_or_else(error_map)
}

/// A moment of TOML. What has no zone gets one that says so.
fn moment(context: &mut dyn Context, written: &str) -> Option<Value> {
    const LAYOUTS: [(&str, Option<&str>); 7] = [
        ("2006-01-02T15:04:05Z07:00", None),
        ("2006-01-02T15:04:05", Some("datetime-local")),
        ("2006-01-02", Some("date-local")),
        ("15:04:05", Some("time-local")),
        ("2006-01-02T15:04Z07:00", None),
        ("2006-01-02T15:04", Some("datetime-local")),
        ("15:04", Some("time-local")),
    ];
    let text = written.replace(['t', ' '], "T").replace('z', "Z");
    LAYOUTS.into_iter().find_map(|(layout, zone)| sprig::moment_by_layout(context, layout, &text, zone))
}
