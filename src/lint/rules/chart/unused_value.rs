//! A value that nobody reads.

use super::orphan_subchart_values::{self, orphans};
use crate::engine::ValueRow;
use crate::kube::Path;
use crate::lint::cx::Cx;
use crate::lint::nearest::{distance, nearest};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Span};

/// A value that no template reads.
pub static RULE: Rule = Rule {
    id: "unused-value",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "value that no template reads",
    docs: Docs {
        what: "A key in values.yaml, or one that the user sets, that no template reads: neither where something is \
               printed, nor in a condition, nor in a branch that isn't taken. What the user sets weighs more: it is a \
               warning.",
        why: "Setting it changes nothing. Of the user's own values it is mostly a slip in the name.",
        fix: "Mend the name, or remove the key.",
    },
    bad: "\
-- values.yaml --
host: example.com
prot: 80
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  host: {{ .Values.host }}
",
    good: "\
-- values.yaml --
host: example.com
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  host: {{ .Values.host }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene().filter(|scene| scene.background.failures.is_empty()) else { return };
    let Some(table) = &scene.background.table else { return };
    // Of values that are meant for a chart and don't reach it another rule says more.
    let orphans = if cx.config().is_on(&orphan_subchart_values::RULE) { orphans(cx) } else { Vec::new() };
    let mut told: Vec<String> = orphans.into_iter().map(|(key, ..)| key).collect();
    for row in table.unread() {
        let top = topmost(&table.rows, row);
        let is_told = told.iter().any(|known| row.key == *known || is_below(&row.key, known));
        if let Some((span, severity)) = place(scene, row).filter(|_| !is_told) {
            let span = whole(scene, &top).filter(|whole| whole.file == span.file).unwrap_or(span);
            let message = format!("no template reads `{top}`: setting it changes nothing");
            let meant = similar(&table.rows, row).map(|meant| format!("did you mean `{meant}`?"));
            report.in_file(span, severity, message, meant.unwrap_or_else(|| "remove it".to_owned()));
            told.push(top);
        }
    }
}

/// Where it is set, and how bad that is. What the command line or a chart in the chart sets has no place to show.
fn place(scene: Scene, row: &ValueRow) -> Option<(Span, Severity)> {
    let span = row.set_by.as_ref()?.span?;
    if scene.is_users(span.file) {
        return Some((span, Severity::Warning));
    }
    (scene.background.inputs.own_values() == Some(span.file)).then_some((span, RULE.severity))
}

/// Where a key stands, with everything in it.
fn whole(scene: Scene, key: &str) -> Option<Span> {
    let path: Path = Path::root().key("Values").steps().into_iter().chain(Path::parse(key).steps()).collect();
    scene.background.inputs.history(&path.steps()).set_by?.span
}

/// The outermost key around a row of which nothing is read.
fn topmost(rows: &[ValueRow], row: &ValueRow) -> String {
    let is_unread = |key: &&str| rows.iter().filter(|row| is_below(&row.key, key)).all(ValueRow::is_unread);
    let ends = row.key.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(at, _)| at);
    let around: Vec<&str> = ends.filter_map(|at| row.key.get(..at)).collect();
    around.into_iter().find(is_unread).unwrap_or(&row.key).to_owned()
}

fn is_below(key: &str, above: &str) -> bool {
    key.strip_prefix(above).is_some_and(|rest| rest.starts_with(['.', '[']))
}

/// A key beside it that is read, and differs by a slip or two.
fn similar<'a>(rows: &'a [ValueRow], row: &ValueRow) -> Option<&'a str> {
    const SLIPS: usize = 2;
    let (above, last) = row.key.rsplit_once('.').unwrap_or(("", &row.key));
    let is_near = |other: &&ValueRow| {
        let beside = match above {
            "" => Some(other.key.as_str()),
            above => other.key.strip_prefix(above).and_then(|rest| rest.strip_prefix('.')),
        };
        beside.is_some_and(|key| !key.contains('.') && distance(key, last) <= SLIPS) && !other.is_unread()
    };
    nearest(&row.key, rows.iter().filter(is_near).map(|other| other.key.as_str()))
}
