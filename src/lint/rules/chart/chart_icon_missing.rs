//! The chart has no icon.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart without an icon.
pub static RULE: Rule = Rule {
    id: "chart-icon-missing",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "chart without an icon",
    docs: Docs {
        what: "A chart, but no library, without `icon`.",
        why: "Catalogues of charts show it.",
        fix: "Add `icon`, with the URL of an SVG or PNG.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    if manifest.text("icon").is_empty() && !manifest.is_library() {
        let message = "the chart has no `icon`: catalogues show one".to_owned();
        report.in_file(
            manifest.field("icon"),
            RULE.severity,
            message,
            "add `icon`, with the URL of a picture".to_owned(),
        );
    }
}
