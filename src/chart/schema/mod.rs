//! `values.schema.json`: whether values are what a chart's schema asks for, told as Helm's validator tells it. Helm 3
//! has another one, in [`three`].
//!
//! Ours knows drafts 4 to 2020-12 as far as charts use them. It doesn't look at `format`, `unevaluatedProperties`,
//! `unevaluatedItems`, `content…` and `$dynamicRef`; it takes a schema that stands elsewhere (`$ref` to another file or
//! host, which Helm would fetch) for one that allows everything; and it doesn't check the schema itself. Where Helm
//! lists faults in random order, ours is by key.

mod fault;
mod number;
mod three;
mod validate;

use fault::Fault;
use validate::{Validator, dangling};

use super::error::quoted;
use super::{Chart, Error, ErrorKind};
use crate::helm::Helm;
use crate::source::{ReadsId, Span};
use crate::value::format::type_name;
use crate::value::json::decode;
use crate::value::{Map, Value};

/// Whether a text matches a regular expression; nothing where that can't be told, which counts as a match.
pub type Matches<'a> = &'a dyn Fn(&str, &str) -> Option<bool>;

/// Holds the values against the schemas of the chart and of all charts in it. `matches` is asked for `pattern`: the
/// expression first, then the text.
pub fn check_schemas(chart: &Chart, values: &Map, matches: Matches<'_>) -> Result<(), Error> {
    let mut report = Report { message: String::new(), span: None, matches };
    report.chart(chart, values);
    let Report { message, span, .. } = report;
    if message.is_empty() { Ok(()) } else { Err(Error { kind: ErrorKind::Schema(message), span }) }
}

/// Holds values against one schema alone; the error is what Helm says below the chart's name.
pub fn check_schema(schema: &[u8], values: &Map, matches: Matches<'_>, helm: Helm) -> Result<(), String> {
    check(schema, values, matches, helm)
}

struct Report<'a> {
    message: String,
    span: Option<Span>,
    matches: Matches<'a>,
}

impl Report<'_> {
    fn chart(&mut self, chart: &Chart, values: &Map) {
        if let Some(schema) = &chart.schema
            && let Err(message) = check(&schema.data, values, self.matches, chart.helm)
        {
            self.add(chart.name(), &message);
            self.span.get_or_insert(Span::point(schema.id, 0));
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

    fn add(&mut self, chart: &str, message: &str) {
        self.message.extend([chart, ":\n", message]);
    }
}

fn check(schema: &[u8], values: &Map, matches: Matches<'_>, helm: Helm) -> Result<(), String> {
    let schema = decode(schema, ReadsId::NONE).map_err(|error| match error.to_string() {
        // Helm reads it as a stream.
        end if end == "unexpected end of JSON input" => {
            if schema.trim_ascii().is_empty() { "EOF" } else { "unexpected EOF" }.to_owned()
        }
        error => error,
    })?;
    if helm.is_three() {
        return three::check(&schema, &Value::Map(values.clone()), matches);
    }
    if let Some(reference) = dangling(&schema) {
        let address = quoted(&format!("file:///values.schema.json{reference}"));
        return Err(format!("json-pointer in {address} not found"));
    }
    let faults = Validator::new(&schema, matches).check(&Value::Map(values.clone()));
    if faults.is_empty() { Ok(()) } else { Err(Fault::list(&faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(schema: &str, values: &str) -> String {
        let Ok(Value::Map(values)) = decode(values.as_bytes(), ReadsId::NONE) else { panic!("{values}") };
        check(schema.as_bytes(), &values, &|_, _| None, Helm::Four).err().unwrap_or_default()
    }

    /// Lines of three: a schema, values, and what Helm says, with `⏎` for the ends of lines. Helm's order is random.
    #[test]
    fn faults_are_told_as_helm_tells_them() {
        let cases: Vec<&str> =
            include_str!("../testdata/schema.txt").lines().filter(|line| !line.starts_with('#')).collect();
        for case in cases.chunks(3) {
            let [schema, values, want] = case else { panic!("{case:?}") };
            let got = faults(schema, values).replace('\n', "⏎");
            let sorted = |text: &str| {
                let mut lines: Vec<String> = text.split('⏎').map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&got), sorted(want), "{schema} {values}");
        }
    }

    #[test]
    fn a_schema_that_leads_to_itself_ends() {
        assert_eq!(faults(r##"{"$ref":"#"}"##, "{}"), "");
        assert_eq!(faults(r##"{"allOf":[{"$ref":"#"},{"$ref":"#"}]}"##, "{}"), "");
    }
}
