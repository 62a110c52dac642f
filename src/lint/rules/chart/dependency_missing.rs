//! `Chart.yaml` asks for a chart that nobody brought.

use super::dependencies::field;
use super::failures::{failures, told};
use crate::chart;
use crate::engine::{Error, ErrorKind};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;
use crate::value::Value;

/// A dependency that isn't in `charts/`.
pub static RULE: Rule = Rule {
    id: "dependency-missing",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "chart that isn't there",
    docs: Docs {
        what: "A chart that `dependencies` in Chart.yaml names and that isn't in `charts/`.",
        why: "Helm refuses to render the chart; with `helm lint` it is only a warning.",
        fix: "Run `helm dependency update`, or put the chart into `charts/`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies:
  - {name: db, version: 1.0.0, repository: \"https://example.com/charts\"}
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
        for name in missing(error) {
            let place = cx.manifest().and_then(|manifest| {
                let is_asked = |item: &Value| field(item, "name").is_some_and(|own| own == *name);
                let at = manifest.items("dependencies").iter().position(is_asked)?;
                Some(manifest.item("dependencies", at))
            });
            let message = format!("`{name}` isn't in `charts/`: Helm refuses to render the chart");
            let fix = "run `helm dependency update`, or put the chart into `charts/`".to_owned();
            told(report, place.or(span), message, fix);
        }
    }
}

/// The names of the charts that nobody brought.
fn missing(error: &Error) -> &[String] {
    let ErrorKind::Chart(error) = &error.kind else { return &[] };
    match &error.kind {
        chart::ErrorKind::MissingDependencies(names, _) => names,
        _ => &[],
    }
}
