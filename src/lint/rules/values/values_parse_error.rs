//! A file of values is no YAML, or no map.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::chart::failures::cause;
use crate::lint::rules::chart::failures::{failures, told};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A file of values that can't be read.
pub static RULE: Rule = Rule {
    id: "values-parse-error",
    group: Group::Values,
    severity: Severity::Error,
    activation: Activation::On,
    title: "values that can't be read",
    docs: Docs {
        what: "A values.yaml, or a file of values of the user's, that is no YAML, or no map.",
        why: "Helm refuses to load the chart, or to render it.",
        fix: "Mend it where it is marked.",
    },
    bad: "\
-- values.yaml --
replicas: 1
- a
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: \"1\"
",
    good: "\
-- values.yaml --
replicas: 1
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
        let (message, fix) =
            (format!("the values can't be read: {}", cause(error)), "mend it here, or before".to_owned());
        told(report, span, message, fix);
    }
}
