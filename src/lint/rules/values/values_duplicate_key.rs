//! A key stands twice in a map of values.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{FileId, Severity, Span};
use crate::yaml;

/// A key that a map of values has twice.
pub static RULE: Rule = Rule {
    id: "values-duplicate-key",
    group: Group::Values,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "key that stands twice",
    docs: Docs {
        what: "A map in values.yaml, or in a file of values of the user's, that has the same key twice.",
        why: "Helm takes the last one without a word: what the first one says has no effect.",
        fix: "Put both together, or remove one of them.",
    },
    bad: "\
-- values.yaml --
image: {tag: \"1.0\"}
image: {pullPolicy: Always}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  tag: \"{{ .Values.image.tag }}\"
",
    good: "\
-- values.yaml --
image: {tag: \"1.0\", pullPolicy: Always}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  tag: \"{{ .Values.image.tag }}\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    let own = scene.background.inputs.own_values();
    for file in own.into_iter().chain(scene.sources.values.iter().copied()) {
        check_file(scene, file, report);
    }
}

fn check_file(scene: Scene, file: FileId, report: &mut Report) {
    // Helm reads the first document.
    if let Some(document) = scene.background.inputs.layers().documents(file).first() {
        return check_document(scene, file, document, report);
    }
    let Some(text) = scene.sources.files.get(file).map(|file| &file.text) else { return };
    if let Some(document) = yaml::parse_partly(text).0.first() {
        check_document(scene, file, document, report);
    }
}

fn check_document(scene: Scene, file: FileId, document: &yaml::Document, report: &mut Report) {
    for duplicate in document.duplicate_keys() {
        let first = scene.sources.files.position(Span::new(file, duplicate.first)).map_or(0, |position| position.line);
        let message = format!(
            "`{}` stands in line {first} already: only this one counts, the first has no effect",
            duplicate.name
        );
        let fix = "put both together, or remove one".to_owned();
        report.in_file(Span::new(file, duplicate.again), RULE.severity, message, fix);
    }
}
