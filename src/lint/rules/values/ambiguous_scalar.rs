//! A value that is read as something else than is written.

use std::collections::BTreeMap;

use crate::engine::written;
use crate::lint::cx::Cx;
use crate::lint::printed::Printed;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, below_values};
use crate::source::Severity;
use crate::value::Value;

/// A value without quotes that isn't printed as it is written.
pub static RULE: Rule = Rule {
    id: "ambiguous-scalar",
    group: Group::Values,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "value that isn't printed as it is written",
    docs: Docs {
        what: "A value without quotes that YAML doesn't take for a text, and that a template puts into one: `1.10`, \
               which becomes `1.1`, `no`, which becomes `false`, `0777`, which becomes `511`, or `1e3`.",
        why: "What is printed isn't what is written: another version of an image, another word.",
        fix: "Put the value into quotes.",
    },
    bad: "\
-- values.yaml --
tag: 1.10
-- templates/web.yaml --
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: \"web:{{ .Values.tag }}\"
",
    good: "\
-- values.yaml --
tag: \"1.10\"
-- templates/web.yaml --
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: \"web:{{ .Values.tag }}\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let mut told = BTreeMap::new();
    for printed in cx.printed() {
        if printed.in_text() && is_changed(printed) {
            told.entry(printed.span).or_insert(printed);
        }
    }
    for Printed { span, path, shown, written: source, .. } in told.into_values() {
        let key = written(below_values(path).unwrap_or_default());
        let message = format!("`{key}` is written `{source}`, but read as `{shown}`, and so it is printed");
        report.in_file(*span, RULE.severity, message, format!("put it into quotes: `\"{source}\"`"));
    }
}

/// Whether it is printed in another way than it is written. Big whole numbers are another rule's. A boolean in other
/// letters is still one where it is a whole argument or file.
fn is_changed(printed: &Printed) -> bool {
    let Printed { value, written, shown, .. } = printed;
    let is_whole = written.bytes().all(|byte| byte.is_ascii_digit()) && !written.starts_with('0');
    match value {
        Value::Bool(_) => written != shown && !written.eq_ignore_ascii_case(shown),
        Value::Float(_) => written != shown && !is_whole,
        _ => false,
    }
}
