//! `values.schema.json`: whether values are what a chart's schema asks for, told as Helm's validator tells it. Helm 3
//! has another one, in [`three`].
//!
//! Ours knows drafts 4 to 2020-12 as Helm's library does: [`document`] finds the schemas that have names, [`compile`]
//! reads what can be reached, and checks it against its draft's own schema; [`validate`] walks. It takes a schema on
//! another host (which Helm would fetch) for one that allows everything, and finds no file beside its own. A `$schema`
//! that is nobody's counts as the newest draft. Where Helm lists faults in random order, ours is by key.

mod address;
mod array;
mod compare;
mod compile;
mod document;
mod draft;
mod fault;
mod format;
mod format_semver;
mod judges;
mod keywords;
mod metaschema;
mod number;
mod object;
mod remembered;
mod scalar;
mod three;
mod unevaluated;
mod validate;

use fault::Fault;
pub use judges::Judges;
use validate::Validator;

use super::error::quoted;
use super::{Chart, Error, ErrorKind, Log};
use crate::helm::Helm;
use crate::source::{ReadsId, Span};
use crate::value::format::type_name;
use crate::value::json::decode;
use crate::value::{Map, Value};

/// Whether a text matches a regular expression; nothing where that can't be told, which counts as a match.
type Matches<'a> = &'a dyn Fn(&str, &str) -> Option<bool>;

/// Holds the values against the schemas of the chart and of all charts in it.
pub fn check_schemas(chart: &Chart, values: &Map, judges: &Judges, log: &mut Log) -> Result<(), Error> {
    let mut report = Report { message: String::new(), span: None, judges, unresolved: Vec::new(), log };
    report.chart(chart, values);
    let Report { message, span, .. } = report;
    if message.is_empty() { Ok(()) } else { Err(Error { kind: ErrorKind::Schema(message), span }) }
}

/// Holds values against one schema alone; the error is what Helm says below the chart's name.
pub fn check_schema(schema: &[u8], values: &Map, judges: &Judges, helm: Helm) -> Result<(), String> {
    check(schema, values, judges, helm, &mut Vec::new())
}

struct Report<'a> {
    message: String,
    span: Option<Span>,
    judges: &'a Judges,
    /// Names that nobody resolves; of each Helm warns once.
    unresolved: Vec<String>,
    log: &'a mut Log,
}

impl Report<'_> {
    fn chart(&mut self, chart: &Chart, values: &Map) {
        if let Some(schema) = &chart.schema {
            let mut unresolved = Vec::new();
            let checked = check(&schema.data, values, self.judges, chart.helm, &mut unresolved);
            for name in unresolved {
                self.warn(name);
            }
            if let Err(message) = checked {
                self.add(chart.name(), &message);
                self.span.get_or_insert(Span::point(schema.id, 0));
            }
        }
        for subchart in &chart.dependencies {
            match values.value(subchart.name()) {
                None | Some(Value::Nil) => {}
                Some(Value::Map(values)) => self.chart(subchart, &values),
                Some(other) => {
                    let found = type_name(&other);
                    let message = format!("invalid type for values: expected object (map), got {found}\n");
                    self.add(subchart.name(), &message);
                }
            }
        }
    }

    fn warn(&mut self, name: String) {
        if !self.unresolved.contains(&name) {
            let message = "unresolved URN reference ignored; using permissive schema";
            self.log.warn(message, vec![("urn", name.clone())], String::new());
            self.unresolved.push(name);
        }
    }

    fn add(&mut self, chart: &str, message: &str) {
        self.message.extend([chart, ":\n", message]);
    }
}

fn check(schema: &[u8], values: &Map, judges: &Judges, helm: Helm, unresolved: &mut Vec<String>) -> Result<(), String> {
    let values = Value::Map(values.clone());
    if helm.is_three() {
        return three::check(&read(schema)?, &values, &judges.matches);
    }
    let schemas = remembered::compiled(schema, judges)?;
    unresolved.clone_from(&schemas.unresolved);
    match Validator::new(&schemas, judges).check(&values) {
        Some(faults) => Err(Fault::list(&faults) + "\n"),
        None => Ok(()),
    }
}

fn read(schema: &[u8]) -> Result<Value, String> {
    decode(schema, ReadsId::NONE).map_err(|error| match error.to_string() {
        // Helm reads it as a stream.
        end if end == "unexpected end of JSON input" => {
            if schema.trim_ascii().is_empty() { "EOF" } else { "unexpected EOF" }.to_owned()
        }
        more if more.ends_with(" after top-level value") => "invalid character after top-level value".to_owned(),
        error => error,
    })
}
