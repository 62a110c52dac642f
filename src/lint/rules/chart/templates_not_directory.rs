//! `templates` is a file.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A file called `templates`.
pub static RULE: Rule = Rule {
    id: "templates-not-directory",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "file where templates should be",
    docs: Docs {
        what: "A file with the name `templates`, where a folder is meant.",
        why: "Nothing in it is rendered, and `helm lint` fails.",
        fix: "Make it a folder, and put the templates into it.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates --
kind: ConfigMap
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(scene) = cx.scene() else { return };
    if let Some(file) = scene.sources.files.find(&format!("{}templates", manifest.folder)) {
        let message = "`templates` is a file: nothing in it is rendered".to_owned();
        report.in_file(scene.first_line(file), RULE.severity, message, "make it a folder".to_owned());
    }
}
