//! A key that Helm doesn't know.

use std::ops::Range;

use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span};
use crate::yaml::{Document, Node, NodeKind};

/// A key in Chart.yaml that nobody reads, or that stands twice.
pub static RULE: Rule = Rule {
    id: "chart-yaml-strict",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "key of Chart.yaml that means nothing",
    docs: Docs {
        what: "A key in Chart.yaml, or in one of its maintainers and dependencies, that Helm doesn't know, or that \
               stands twice. Of those that Helm 2 knew it is only a note.",
        why: "Helm ignores it without a word: what is meant by it has no effect.",
        fix: "Mend the name, or remove the key. What is only for people stands below `annotations`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
appversion: \"1.2\"
descripton: A web server
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
icon: https://example.com/web.svg
appVersion: \"1.2\"
description: A web server
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
    let document = manifest.document();
    for duplicate in document.duplicate_keys() {
        let message = format!("`{}` stands here again: only the last one counts", duplicate.name);
        report.in_file(
            Span::new(manifest.file, duplicate.again),
            RULE.severity,
            message,
            "remove one of them".to_owned(),
        );
    }
    for (range, key, known) in unknown(document) {
        let span = Span::new(manifest.file, range);
        if OLD.contains(&key.as_str()) {
            let message = format!("`{key}` was for Helm 2: it has no effect");
            report.in_file(span, Severity::Note, message, "remove it".to_owned());
            continue;
        }
        let message = format!("Helm doesn't know `{key}`: it has no effect");
        let fix = likely(&key, known.iter().copied()).map(|meant| format!("did you mean `{meant}`?"));
        let fix = fix.unwrap_or_else(|| "put it below `annotations`, or remove it".to_owned());
        report.in_file(span, RULE.severity, message, fix);
    }
}

/// What Helm 2 knew: it harms nobody.
const OLD: [&str; 2] = ["engine", "tillerVersion"];

/// The keys that nobody knows, each with those that may stand there. To Helm letters are the same large and small.
fn unknown(document: &Document) -> Vec<(Range<usize>, String, &'static [&'static str])> {
    let mut found = Vec::new();
    let mut open: Vec<(&Node, &'static [&'static str])> =
        document.root().map(|root| (root, FIELDS)).into_iter().collect();
    while let Some((node, known)) = open.pop() {
        let NodeKind::Mapping(entries, _) = &node.kind else { continue };
        for (key, value) in entries {
            let (Some(name), Some(node)) = (document.key_name(*key).filter(|name| name != "<<"), document.node(*key))
            else {
                continue;
            };
            let Some(field) = known.iter().find(|field| field.eq_ignore_ascii_case(&name)) else {
                found.push((node.span.clone(), name, known));
                continue;
            };
            let inner = match *field {
                "maintainers" => MAINTAINER,
                "dependencies" => DEPENDENCY,
                _ => continue,
            };
            if let Some(NodeKind::Sequence(items, _)) = document.node(*value).map(|node| &node.kind) {
                open.extend(items.iter().filter_map(|item| Some((document.node(*item)?, inner))));
            }
        }
    }
    found.sort_by_key(|(range, ..)| range.start);
    found
}

const FIELDS: &[&str] = &[
    "annotations",
    "apiVersion",
    "appVersion",
    "condition",
    "dependencies",
    "deprecated",
    "description",
    "home",
    "icon",
    "keywords",
    "kubeVersion",
    "maintainers",
    "name",
    "sources",
    "tags",
    "type",
    "version",
];
const MAINTAINER: &[&str] = &["email", "name", "url"];
const DEPENDENCY: &[&str] =
    &["alias", "condition", "enabled", "import-values", "name", "repository", "tags", "version"];
