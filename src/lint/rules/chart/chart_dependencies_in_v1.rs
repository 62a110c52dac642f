//! A chart of Helm 2's names its dependencies where Helm 2 didn't look.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart of `apiVersion: v1` with `dependencies`.
pub static RULE: Rule = Rule {
    id: "chart-dependencies-in-v1",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "dependencies in a chart of the old kind",
    docs: Docs {
        what: "A Chart.yaml with `dependencies` and an `apiVersion` other than `v2`.",
        why: "Charts of `apiVersion: v1` keep them in requirements.yaml: `helm lint` fails.",
        fix: "Write `apiVersion: v2`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v1
name: web
version: 1.0.0
dependencies: [{name: db, version: 1.0.0}]
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
dependencies: [{name: db, version: 1.0.0}]
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
-- charts/db/Chart.yaml --
apiVersion: v2
name: db
version: 1.0.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(manifest) = cx.manifest() else { return };
    if !manifest.items("dependencies").is_empty() && manifest.text("apiVersion") != "v2" {
        let message = "only charts of `apiVersion: v2` have `dependencies` here: `helm lint` fails".to_owned();
        report.in_file(manifest.field("dependencies"), RULE.severity, message, "write `apiVersion: v2`".to_owned());
    }
}
