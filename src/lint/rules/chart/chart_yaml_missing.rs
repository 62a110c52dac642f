//! A chart without its file.

use super::failures::{failures, told};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A folder without `Chart.yaml`.
pub static RULE: Rule = Rule {
    id: "chart-yaml-missing",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart without Chart.yaml",
    docs: Docs {
        what: "A folder without a file `Chart.yaml`, in just these letters.",
        why: "A chart is a folder with `Chart.yaml`; Helm loads nothing else.",
        fix: "Add the file, with `apiVersion: v2`, `name` and `version`.",
    },
    bad: "\
-- Chart.yml --
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (_, span) in failures(cx, RULE.id) {
        let (message, fix) = (
            "there is no `Chart.yaml`: Helm loads no chart without it".to_owned(),
            "add it, with `apiVersion: v2`, `name` and `version`".to_owned(),
        );
        told(report, span, message, fix);
    }
}
