//! A template asks for what Helm doesn't have (any more).

use std::ops::Range;

use crate::lint::cx::Cx;
use crate::lint::memory::Remark;
use crate::lint::nearest::likely;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span, readable};

/// A field of `.Release` or `.Capabilities` that isn't there.
pub static RULE: Rule = Rule {
    id: "removed-builtin-object",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "object that Helm doesn't have",
    docs: Docs {
        what: "A field of `.Release` or `.Capabilities` that Helm doesn't have, such as `.Release.Time` and \
               `.Capabilities.TillerVersion`, which Helm 2 had.",
        why: "Nothing is printed in its place, and what is asked of it fails.",
        fix: "Write `now` for the time; mend the name of other fields.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  time: \"{{ .Release.Time }}\"
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  revision: \"{{ .Release.Revision }}\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for file in scene.background.inputs.own_templates() {
        let Some(text) = scene.sources.files.get(*file).map(|file| file.text.shared()) else { continue };
        for Remark { range, message, fix } in scene.background.memory.unknown_fields.of(text, remarks).iter() {
            report.in_file(Span::new(*file, range.clone()), RULE.severity, message.clone(), fix.clone());
        }
    }
}

fn remarks(text: &[u8]) -> Vec<Remark> {
    let remark = |(range, object, field, known): Unknown| {
        let fix = match likely(field, known.iter().copied()) {
            // Helm 2 had it.
            _ if field == "Time" => "write `now`".to_owned(),
            Some(meant) => format!("did you mean `{object}.{meant}`?"),
            None => "remove it".to_owned(),
        };
        let message = format!("Helm has no `{object}.{field}`: nothing is printed in its place");
        Remark { range, message, fix }
    };
    unknown(&readable(text)).into_iter().map(remark).collect()
}

const FIELDS: [(&str, &[&str]); 2] = [
    (".Release", &["IsInstall", "IsUpgrade", "Name", "Namespace", "Revision", "Service"]),
    (".Capabilities", &["APIVersions", "HelmVersion", "KubeVersion"]),
];

/// An object's field that isn't there: its place, both names, and the fields that are.
type Unknown<'a> = (Range<usize>, &'static str, &'a str, &'static [&'static str]);

/// The fields that are asked for inside of actions, and that Helm doesn't have.
fn unknown(text: &str) -> Vec<Unknown<'_>> {
    let fields = FIELDS.into_iter().flat_map(|(object, known)| fields(text, object, known));
    let mut found: Vec<_> = fields.collect();
    // In most texts there is none, and nobody has to know where their actions are.
    if !found.is_empty() {
        let actions = actions(text);
        found.retain(|(field, ..)| actions.iter().any(|action| action.contains(&field.start)));
        found.sort_by_key(|(range, ..)| range.start);
    }
    found
}

/// The fields of an object that a text names anywhere, and that aren't there.
fn fields<'t>(
    text: &'t str,
    object: &'static str,
    known: &'static [&'static str],
) -> impl Iterator<Item = Unknown<'t>> {
    text.match_indices(object).filter_map(move |(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let is_root = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ')' | '"'));
        let rest = text.get(at + object.len()..)?.strip_prefix('.')?;
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let field = rest.get(..end)?;
        let is_unknown = is_root && !field.is_empty() && !known.contains(&field);
        is_unknown.then(|| (at..at + object.len() + 1 + field.len(), object, field, known))
    })
}

/// Where the actions of a text are, without its comments.
fn actions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        let end = text.get(open..).and_then(|rest| rest.find("}}")).map_or(text.len(), |at| open + at);
        let action = text.get(open..end).unwrap_or_default();
        let is_comment = action.trim_start_matches("{{").trim_start_matches('-').trim_start().starts_with("/*");
        if !is_comment {
            found.push(open..end);
        }
        from = end.max(open + 2);
    }
    found
}
