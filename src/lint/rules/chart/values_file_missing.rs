//! The chart has no values.yaml.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart without `values.yaml`.
pub static RULE: Rule = Rule {
    id: "values-file-missing",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "chart without values.yaml",
    docs: Docs {
        what: "A chart, but no library, without a file `values.yaml`.",
        why: "Whoever installs it can't see what may be set.",
        fix: "Add the file, with a default for each value.",
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
replicas: 1
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(inputs) = cx.scene().map(|scene| &scene.background.inputs) else { return };
    let is_loaded = inputs.own_manifest().is_some();
    if is_loaded && inputs.own_values().is_none() && !manifest.is_library() {
        let message = "the chart has no `values.yaml`: nobody sees what may be set".to_owned();
        let fix = "add it, with a default for each value".to_owned();
        report.in_file(manifest.start(), RULE.severity, message, fix);
    }
}
