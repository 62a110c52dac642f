//! A value that the chart's schema forbids.

use std::rc::Rc;

use crate::chart;
use crate::engine::{ErrorKind, Inputs};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Span, Step};

/// Values that don't keep to `values.schema.json`.
pub static RULE: Rule = Rule {
    id: "values-schema-error",
    group: Group::Values,
    severity: Severity::Error,
    activation: Activation::On,
    title: "value that the schema forbids",
    docs: Docs {
        what: "A value that doesn't keep to the chart's `values.schema.json`, or to that of a chart in it. Each such \
               value is told, in the words of Helm.",
        why: "Helm refuses to render anything.",
        fix: "Give a value that the schema permits. `--skip-schema-validation` looks away, which helps only if the \
              schema is wrong.",
    },
    bad: "\
-- values.schema.json --
{\"properties\": {\"replicas\": {\"type\": \"integer\"}}}
-- values.yaml --
replicas: two
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  replicas: \"{{ .Values.replicas }}\"
",
    good: "\
-- values.schema.json --
{\"properties\": {\"replicas\": {\"type\": \"integer\"}}}
-- values.yaml --
replicas: 2
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  replicas: \"{{ .Values.replicas }}\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for failure in &scene.background.failures {
        let ErrorKind::Chart(error) = &failure.error.kind else { continue };
        let chart::ErrorKind::Schema(message) = &error.kind else { continue };
        let schema = failure.span.or(error.span);
        for (path, said) in violations(message, &scene.background.inputs) {
            if let Some(span) = place(scene, &path).or(schema) {
                let fix = "give a value that the schema permits".to_owned();
                report.in_file(span, RULE.severity, format!("the chart's schema forbids it: {said}"), fix);
            }
        }
    }
}

/// What each line of Helm's message says: the path from the top-level dot, and the words. Lines that name no place speak
/// of all values.
pub fn violations(message: &str, inputs: &Inputs) -> Vec<(Vec<Step>, String)> {
    let mut found = Vec::new();
    let mut chart: Vec<Rc<str>> = Vec::new();
    for line in message.lines() {
        if let Some(said) = line.strip_prefix("- at '") {
            let (path, said) = said.split_once("': ").unwrap_or(("", said));
            found.push((steps(&chart, path.split('/')), said.to_owned()));
        } else if let Some((path, said)) = line.strip_prefix("- ").and_then(|line| line.split_once(": ")) {
            // Helm 3's words.
            let path = if path == "(root)" { "" } else { path };
            found.push((steps(&chart, path.split('.')), said.to_owned()));
        } else if let Some(keys) = line.strip_suffix(':').and_then(|name| inputs.keys_of(name)) {
            chart = keys;
        } else if !line.trim().is_empty() && !line.starts_with(' ') && !line.ends_with("chart(s):") {
            found.push((steps(&chart, "".split('/')), line.to_owned()));
        }
    }
    found
}

/// The path from the top-level dot to what a chart's schema calls `/a/b/0`.
fn steps<'p>(chart: &[Rc<str>], pointer: impl Iterator<Item = &'p str>) -> Vec<Step> {
    let step = |key: &str| match key.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Key(key.replace("~1", "/").replace("~0", "~").into()),
    };
    let above = std::iter::once(Step::Key("Values".into())).chain(chart.iter().cloned().map(Step::Key));
    above.chain(pointer.filter(|key| !key.is_empty()).map(step)).collect()
}

/// Where the value is set; where what it is in is set, if nobody sets it.
fn place(scene: Scene, path: &[Step]) -> Option<Span> {
    let inputs = &scene.background.inputs;
    let above = (2..=path.len()).rev().filter_map(|end| path.get(..end));
    let mut spans = above.filter_map(|path| inputs.history(path).set_by?.span);
    spans.next()
}
