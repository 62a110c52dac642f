//! `Chart.yaml` is no YAML, or says something in another form than Helm takes.

use super::failures::cause;
use super::failures::{failures, told};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `Chart.yaml` that can't be read.
pub static RULE: Rule = Rule {
    id: "chart-yaml-parse-error",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "Chart.yaml that can't be read",
    docs: Docs {
        what: "A `Chart.yaml` that is no YAML, or in which a field has another form than Helm takes.",
        why: "Helm refuses to load the chart.",
        fix: "Mend it where it is marked.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
keywords: web
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
keywords: [web]
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
    for (failure, span) in failures(cx, RULE.id) {
        let (message, fix) =
            (format!("`Chart.yaml` can't be read: {}", cause(&failure.error)), "mend it here, or before".to_owned());
        told(report, span, message, fix);
    }
}
