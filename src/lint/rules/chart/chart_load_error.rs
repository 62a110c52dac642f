//! Helm refuses a chart before it renders anything.

use super::failures::{failures, told};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart that can't be loaded.
pub static RULE: Rule = Rule {
    id: "chart-load-error",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart that can't be loaded",
    docs: Docs {
        what: "A chart that Helm refuses before it renders anything, for a reason that no other rule tells: a chart \
               in `charts/` that is broken, a `.helmignore` or a `Chart.lock` that can't be read.",
        why: "Nothing is rendered, and nothing installed.",
        fix: "What Helm says is told; mend that.",
    },
    bad: "\
-- charts/db/README.md --
No chart.
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (failure, span) in failures(cx, RULE.id) {
        let error = &failure.error;
        let (message, fix) = (format!("the chart can't be loaded: {error}"), "mend what it says".to_owned());
        told(report, span, message, fix);
    }
}
