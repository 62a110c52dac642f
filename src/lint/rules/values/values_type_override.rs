//! A value takes the place of a map.

use std::collections::BTreeSet;

use crate::chart::{LayerKind, Setting};
use crate::engine::written;
use crate::kube::Path;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Step};
use crate::value::{Map, Value};

/// A value of the user's that is no map where the chart has one, or the other way round.
pub static RULE: Rule = Rule {
    id: "values-type-override",
    group: Group::Values,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "value of another kind than the chart's",
    docs: Docs {
        what: "A value that the user sets (in a file, or by `--set`) which is no map where the chart has a map with \
               something in it, or a map where the chart has a text, a number or a list.",
        why: "All that the chart says below the map is gone, and templates that read it find nothing. Helm only warns \
              about it, among its other lines.",
        fix: "Keep to the chart's kind: set what is in the map.",
    },
    bad: "\
-- values.yaml --
image: {repository: web, tag: \"1.0\"}
-- user.yaml --
image: web:2.0
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  image: {{ .Values.image | toJson | quote }}
",
    good: "\
-- values.yaml --
image: {repository: web, tag: \"1.0\"}
-- user.yaml --
image: {tag: \"2.0\"}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  image: {{ .Values.image | toJson | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for path in users(scene) {
        let history = scene.background.inputs.history(&path);
        let is_charts = |setting: &&Setting| matches!(setting.kind, LayerKind::Chart | LayerKind::Subchart);
        let Some(own) = history.set_by.filter(|own| !is_charts(&own)) else { continue };
        let Some(charts) = history.overrode.into_iter().find(|other| is_charts(&other)) else { continue };
        let Some(rest) = difference(&own.value, &charts.value) else { continue };
        let name = written(path.get(1..).unwrap_or_default());
        let message = format!("`{name}` {rest}");
        let fix = format!("keep to what the chart has at `{name}`");
        match own.span {
            Some(span) => report.in_file(span, RULE.severity, message, fix),
            None => report.nowhere(RULE.severity, format!("`--set {}`: {message}", own.name), fix),
        }
    }
}

/// The paths of what the user sets, and of the maps around it, from the top-level dot.
fn users(scene: Scene) -> BTreeSet<Vec<Step>> {
    let Some(table) = &scene.background.table else { return BTreeSet::new() };
    let is_users = |words: &str, span: Option<crate::source::Span>| {
        span.map_or(words.starts_with("--set"), |span| scene.is_users(span.file))
    };
    let rows =
        table.rows.iter().filter(|row| row.set_by.as_ref().is_some_and(|setter| is_users(&setter.words, setter.span)));
    let path = |key: &str| -> Vec<Step> {
        Path::root().key("Values").steps().into_iter().chain(Path::parse(key).steps()).collect()
    };
    rows.map(|row| path(&row.key))
        .flat_map(|path| (2..=path.len()).map(move |end| path.iter().take(end).cloned().collect()))
        .collect()
}

/// What is wrong with a value in place of the chart's.
fn difference(own: &Value, charts: &Value) -> Option<String> {
    match (own, charts) {
        (Value::Map(_), Value::Map(_)) | (Value::Nil, _) | (_, Value::Nil) => None,
        (_, Value::Map(map)) => {
            let lost: Vec<String> = Map::entries(map).iter().map(|(key, _)| format!("`{key}`")).collect();
            let is_said = !lost.is_empty();
            is_said.then(|| format!("is a map in the chart: {} is gone from it", lost.join(", ")))
        }
        (Value::Map(_), other) => {
            let is_empty = other.as_text().is_some_and(|text| text.to_str().is_empty())
                || other.as_list().is_some_and(|list| list.items().is_empty())
                || matches!(other, Value::Bool(false));
            (!is_empty).then(|| "is a map here and none in the chart: templates that print it show the map".to_owned())
        }
        _ => None,
    }
}
