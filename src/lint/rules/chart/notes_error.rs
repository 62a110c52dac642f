//! `NOTES.txt` prints nothing.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Notes that print nothing.
pub static RULE: Rule = Rule {
    id: "notes-error",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "notes that say nothing",
    docs: Docs {
        what: "A `NOTES.txt` that prints nothing with the values at hand. One that fails stops the rendering, and \
               is told by another rule.",
        why: "Whoever installs the chart is told nothing.",
        fix: "Print what helps after an installation, or remove the file.",
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
  a: \"1\"
-- templates/NOTES.txt --
{{ if .Values.host }}See http://{{ .Values.host }}{{ end }}
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
  a: \"1\"
-- values.yaml --
host: example.com
-- templates/NOTES.txt --
{{ if .Values.host }}See http://{{ .Values.host }}{{ end }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    if let Some(file) = scene.background.silent_notes {
        let message = "the notes print nothing with these values".to_owned();
        report.in_file(
            scene.first_line(file),
            RULE.severity,
            message,
            "print what helps, or remove the file".to_owned(),
        );
    }
}
