//! `type` is none that Helm knows.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `type` that Helm doesn't know.
pub static RULE: Rule = Rule {
    id: "chart-type-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart of a type that is none",
    docs: Docs {
        what: "A `type` in Chart.yaml that is neither `application` nor `library`, or one in a chart of \
               `apiVersion: v1`, which has no types.",
        why: "Helm refuses to load the chart, or `helm lint` fails.",
        fix: "Write `application` or `library`, in a chart of `apiVersion: v2`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
type: app
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
type: application
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
    let (kind, version) = (manifest.text("type"), manifest.text("apiVersion"));
    let (message, fix) = match kind.as_str() {
        "" => return,
        "application" | "library" if version == "v2" => return,
        "application" | "library" => {
            ("only charts of `apiVersion: v2` have a `type`: `helm lint` fails".to_owned(), "write `apiVersion: v2`")
        }
        other => {
            (format!("there is no `type: {other}`: Helm refuses to load the chart"), "write `application` or `library`")
        }
    };
    report.in_file(manifest.field("type"), RULE.severity, message, fix.to_owned());
}
