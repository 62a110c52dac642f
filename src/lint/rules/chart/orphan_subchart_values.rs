//! Values for a chart stand under a name that isn't its own.

use super::dependencies::field;
use crate::engine::ValueRow;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span, Step};
use crate::value::Value;
use crate::yaml::{Document, NodeKind};

/// Values for a chart in the chart that it never sees.
pub static RULE: Rule = Rule {
    id: "orphan-subchart-values",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "values that a chart in the chart never sees",
    docs: Docs {
        what: "A key at the top of values.yaml that is the name of a dependency which goes by an alias, or differs \
               from a dependency's name only in dashes, underscores or capital letters, and that no template reads.",
        why: "Helm hands a chart what stands under its alias or, where it has none, under its exact name: these values \
              have no effect.",
        fix: "Rename the key.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies: [{name: db, version: 1.0.0, alias: store}]
-- values.yaml --
db: {size: 1}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
-- charts/db/templates/db.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: db}
data: {size: \"{{ .Values.size | default 0 }}\"}
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies: [{name: db, version: 1.0.0, alias: store}]
-- values.yaml --
store: {size: 1}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
-- charts/db/templates/db.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: db}
data: {size: \"{{ .Values.size | default 0 }}\"}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for (key, span, meant) in orphans(cx) {
        let is_alias = scene.text(span) == key.as_str() && !is_alike(&key, &meant);
        let message = if is_alias {
            format!("chart `{key}` goes by the name `{meant}` here: it never sees these values")
        } else {
            format!("the chart is called `{meant}`, not `{key}`: it never sees these values")
        };
        report.in_file(span, RULE.severity, message, format!("rename the key to `{meant}`"));
    }
}

/// Keys at the top of values.yaml that are meant for a chart in the chart and don't reach it: each with its place, and
/// the name that does.
pub(super) fn orphans(cx: &Cx) -> Vec<(String, Span, String)> {
    found(cx).unwrap_or_default()
}

fn found(cx: &Cx) -> Option<Vec<(String, Span, String)>> {
    let (scene, manifest) = (cx.scene()?, cx.manifest()?);
    let dependencies = manifest.items("dependencies");
    let table = scene.background.table.as_ref().filter(|_| !dependencies.is_empty())?;
    let file = scene.background.inputs.own_values()?;
    let document = scene.background.inputs.layers().documents(file).last()?;
    let reached: Vec<String> = dependencies.iter().map(reached).collect();
    let mut orphans = Vec::new();
    for (item, name) in dependencies.iter().zip(&reached) {
        let written = field(item, "name").unwrap_or_default();
        for key in keys(document) {
            let is_meant = key == written || is_alike(&key, name) || is_alike(&key, &written);
            let is_own = reached.contains(&key);
            let below = |other: &str| {
                other.strip_prefix(&*key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            };
            if !is_meant || is_own || table.rows.iter().any(|row| below(&row.key) && is_read(row)) {
                continue;
            }
            if let Some(place) = document.place(&[Step::Key(key.as_str().into())]).and_then(|place| place.key) {
                orphans.push((key.clone(), Span::new(file, place.span.clone()), name.clone()));
            }
        }
    }
    Some(orphans)
}

/// Whether a template of the chart's own reads a value, or would. (Those of the chart in it see none of this.)
fn is_read(row: &ValueRow) -> bool {
    row.read_by.iter().chain(&row.named_by).any(|file| !file.contains("/charts/"))
}

/// The keys of the outermost map.
fn keys(document: &Document) -> Vec<String> {
    let Some(NodeKind::Mapping(entries, _)) = document.root().map(|root| &root.kind) else { return Vec::new() };
    entries.iter().filter_map(|(key, _)| document.key_name(*key)).collect()
}

/// The name under which a dependency's values stand.
fn reached(item: &Value) -> String {
    let alias = field(item, "alias").filter(|alias| !alias.is_empty());
    alias.or_else(|| field(item, "name")).unwrap_or_default()
}

/// Whether two names differ in dashes, underscores and capital letters only.
fn is_alike(a: &str, b: &str) -> bool {
    let bare = |name: &str| name.to_lowercase().replace(['-', '_'], "");
    bare(a) == bare(b)
}
