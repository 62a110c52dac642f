//! `appVersion` is read as a number.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;
use crate::value::Value;

/// An `appVersion` that is no text.
pub static RULE: Rule = Rule {
    id: "chart-app-version-not-string",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "version that is no text",
    docs: Docs {
        what: "An `appVersion` without quotes that YAML takes for a number or a boolean.",
        why: "`helm lint` fails, and zeros get lost: `1.10` is read as `1.1`.",
        fix: "Put it into quotes.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
appVersion: 1.10
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
appVersion: \"1.10\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(value) = manifest.value("appVersion").filter(|value| value.as_text().is_none()) else { return };
    let written = manifest.text("appVersion");
    let (message, fix) = match value {
        Value::Nil => ("`appVersion` is empty".to_owned(), "write a version, or remove it".to_owned()),
        _ => (format!("`{written}` is no text: it may be read as another version"), format!("write `\"{written}\"`")),
    };
    report.in_file(manifest.field("appVersion"), RULE.severity, format!("{message}, and `helm lint` fails"), fix);
}
