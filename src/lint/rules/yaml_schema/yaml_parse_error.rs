//! What a template prints is no YAML.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::chart::failures::cause;
use crate::lint::rules::chart::failures::{failures, told};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A rendered document that can't be read.
pub static RULE: Rule = Rule {
    id: "yaml-parse-error",
    group: Group::YamlSchema,
    severity: Severity::Error,
    activation: Activation::On,
    title: "output that is no YAML",
    docs: Docs {
        what: "What a template prints is no YAML, or no object of Kubernetes. All such documents are told, though \
               Helm stops at the first.",
        why: "Nothing is installed.",
        fix: "Mostly the indentation is wrong, or a text needs `quote`. The place is what printed the line that \
              YAML stumbles over.",
    },
    bad: "\
-- values.yaml --
text: \"a: b\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.text }}
",
    good: "\
-- values.yaml --
text: \"a: b\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.text | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (failure, span) in failures(cx, RULE.id) {
        let fix = || "look at the indentation; a text with a colon or a hash needs `quote`".to_owned();
        let message = format!("what this prints is no YAML: {}", cause(&failure.error));
        told(report, span, message, failure.fix().unwrap_or_else(fix));
        report.mended_by(&failure.ways);
    }
}
