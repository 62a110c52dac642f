//! The chart has no templates.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart without templates.
pub static RULE: Rule = Rule {
    id: "templates-dir-missing",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "chart that installs nothing",
    docs: Docs {
        what: "A chart without `templates/`, that is no library and has no charts in it.",
        why: "It installs nothing.",
        fix: "Add templates, or make it a library.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
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
    let inputs = &scene.background.inputs;
    let is_loaded = inputs.own_manifest().is_some();
    let has_file = scene.sources.files.find(&format!("{}templates", manifest.folder)).is_some();
    let is_empty = inputs.own_templates().is_empty() && manifest.items("dependencies").is_empty();
    if is_loaded && is_empty && !has_file && !manifest.is_library() {
        let message = "the chart has no templates: it installs nothing".to_owned();
        let fix = "add some in `templates/`, or write `type: library`".to_owned();
        report.in_file(manifest.start(), RULE.severity, message, fix);
    }
}
