//! The chart has no name, or one that Helm refuses.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::reliability::names::label_fault;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A chart without a name, or with one that is none.
pub static RULE: Rule = Rule {
    id: "chart-name-invalid",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "name that no chart can have",
    docs: Docs {
        what: "A chart without `name`, or whose name contains a slash. A name that is no lower-case word with \
               dashes is a note.",
        why: "Helm refuses to load the chart. The name goes into the names of objects, where Kubernetes takes only \
              lower-case letters, digits and dashes.",
        fix: "Give it a name of lower-case letters, digits and dashes.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
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
    let (name, span) = (manifest.text("name"), manifest.field("name"));
    let fix = "write lower-case letters, digits and dashes".to_owned();
    if name.is_empty() {
        report.in_file(
            span,
            RULE.severity,
            "the chart has no `name`: Helm refuses to load it".to_owned(),
            "add `name`".to_owned(),
        );
    } else if name.contains('/') || matches!(name.as_str(), "." | "..") {
        report.in_file(span, RULE.severity, format!("a chart can't be called `{name}`: Helm refuses to load it"), fix);
    } else if let Some(fault) = label_fault(&name) {
        let message = format!("`{name}` fits in no name of an object: {fault}");
        report.in_file(span, Severity::Note, message, fix);
    }
}
