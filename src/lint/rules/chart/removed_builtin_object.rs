//! A template asks for what Helm doesn't have (any more).

use std::ops::Range;

use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span};

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
        let text = scene.sources.files.get(*file).map(|file| String::from_utf8_lossy(&file.text)).unwrap_or_default();
        for (range, object, field, known) in unknown(&text) {
            let fix = match likely(field, known.iter().copied()) {
                Some(meant) => format!("did you mean `{object}.{meant}`?"),
                None if field == "Time" => "write `now`".to_owned(),
                None => "remove it".to_owned(),
            };
            let message = format!("Helm has no `{object}.{field}`: nothing is printed in its place");
            report.in_file(Span::new(*file, range), RULE.severity, message, fix);
        }
    }
}

const FIELDS: [(&str, &[&str]); 2] = [
    (".Release", &["IsInstall", "IsUpgrade", "Name", "Namespace", "Revision", "Service"]),
    (".Capabilities", &["APIVersions", "HelmVersion", "KubeVersion"]),
];

/// An object's field that isn't there: its place, both names, and the fields that are.
type Unknown<'a> = (Range<usize>, &'static str, &'a str, &'static [&'static str]);

/// The fields that are asked for inside of actions, and that Helm doesn't have.
fn unknown(text: &str) -> Vec<Unknown<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        let end = text.get(open..).and_then(|rest| rest.find("}}")).map_or(text.len(), |at| open + at);
        let action = text.get(open..end).unwrap_or_default();
        let is_comment = action.trim_start_matches("{{").trim_start_matches('-').trim_start().starts_with("/*");
        if !is_comment {
            found.extend(in_action(action).into_iter().map(|(at, object, field, known)| {
                (open + at..open + at + object.len() + 1 + field.len(), object, field, known)
            }));
        }
        from = end.max(open + 2);
    }
    found.sort_by_key(|(range, ..)| range.start);
    found
}

fn in_action(action: &str) -> Vec<(usize, &'static str, &str, &'static [&'static str])> {
    let mut found = Vec::new();
    for (object, known) in FIELDS {
        for (at, _) in action.match_indices(object) {
            let before = action.get(..at).and_then(|before| before.chars().next_back());
            let is_root = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ')' | '"'));
            let rest = action.get(at + object.len()..).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let field = rest.get(..end).unwrap_or_default();
            if is_root && !field.is_empty() && !known.contains(&field) {
                found.push((at, object, field, known));
            }
        }
    }
    found
}
