//! Two dependencies go by one name.

use std::collections::BTreeSet;

use super::dependencies::field;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Two dependencies of one name.
pub static RULE: Rule = Rule {
    id: "dependency-duplicate",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two dependencies of one name",
    docs: Docs {
        what: "Two entries of `dependencies` with the same name, or alias.",
        why: "Helm refuses to load the chart: the values of both would stand at one place.",
        fix: "Give one of them an `alias`.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
dependencies:
  - {name: db, version: 1.0.0}
  - {name: db, version: 1.0.0}
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
icon: https://example.com/web.svg
dependencies:
  - {name: db, version: 1.0.0}
  - {name: db, version: 1.0.0, alias: other}
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
    let mut seen = BTreeSet::new();
    for (at, dependency) in manifest.items("dependencies").iter().enumerate() {
        let text = |key: &str| field(dependency, key).filter(|text| !text.is_empty());
        let Some(name) = text("alias").or_else(|| text("name")) else { continue };
        if !seen.insert(name.clone()) {
            let message = format!("there is a dependency `{name}` already: Helm refuses to load the chart");
            let fix = "give one of them an `alias`".to_owned();
            report.in_file(manifest.item("dependencies", at), RULE.severity, message, fix);
        }
    }
}
