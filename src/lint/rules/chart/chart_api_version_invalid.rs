//! The chart doesn't say which Helm it is for.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart whose `apiVersion` is missing, or neither `v1` nor `v2`.
pub static RULE: Rule = Rule {
    id: "chart-api-version-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart of no known kind",
    docs: Docs {
        what: "A chart whose `apiVersion` is missing, or is neither `v1` nor `v2`.",
        why: "Where it is missing Helm takes the chart for one of Helm 2's, whose dependencies stand elsewhere, and \
              `helm lint` fails; any other it refuses to install.",
        fix: "Write `apiVersion: v2`.",
    },
    bad: "\
-- Chart.yaml --
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
    let span = manifest.field("apiVersion");
    let message = match manifest.text("apiVersion").as_str() {
        "v1" | "v2" => return,
        "" => "the chart has no `apiVersion`: Helm takes it for one of Helm 2's".to_owned(),
        other => format!("Helm installs no chart of `apiVersion: {other}`"),
    };
    report.in_file(span, RULE.severity, message, "write `apiVersion: v2`".to_owned());
}
