//! A whole number printed with an exponent.

use std::collections::BTreeSet;

use crate::engine::written;
use crate::kube::Path;
use crate::lint::cx::Cx;
use crate::lint::printed::Printed;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule, below_values};
use crate::source::Severity;

/// A big number that is printed as `1e+06`.
pub static RULE: Rule = Rule {
    id: "large-integer-float",
    group: Group::Values,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "number printed with an exponent",
    docs: Docs {
        what: "A whole number of a million or more from the values that a template prints as `1e+06`. Where that is \
               the whole of a number in YAML, which Kubernetes reads as it should, it is only a note.",
        why: "Helm reads numbers as floating point, and prints big ones with an exponent. In arguments, variables and \
              files of settings most programs can't read that.",
        fix: "Write `{{ … | int64 }}` in the template, or put the number into quotes in the values.",
    },
    bad: "\
-- values.yaml --
maxBytes: 5000000
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  max-bytes: \"{{ .Values.maxBytes }}\"
",
    good: "\
-- values.yaml --
maxBytes: 5000000
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  max-bytes: \"{{ .Values.maxBytes | int64 }}\"
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let mut told = BTreeSet::new();
    for printed in cx.printed().iter().filter(|printed| is_exponential(printed)) {
        let Some(subject) = cx.subject(printed.object) else { continue };
        if told.insert((subject.index, printed.action, printed.span)) {
            let path = subject.object.document().map(|yaml| yaml.path_at(printed.range.start)).unwrap_or_default();
            let concern = concern(printed, path.into_iter().collect());
            report.at_bytes(subject, printed.range.clone(), concern);
        }
    }
}

fn is_exponential(printed: &Printed) -> bool {
    printed.shown.contains("e+") && printed.written.bytes().all(|byte| byte.is_ascii_digit())
}

fn concern(printed: &Printed, path: Path) -> Concern {
    let key = written(below_values(&printed.path).unwrap_or_default());
    let message = format!("`{key}` is {}, but `{}` is printed", printed.written, printed.shown);
    let fix = "write `| int64` in the template, or put the number into quotes in the values".to_owned();
    let severity = if printed.is_alone() { Severity::Note } else { RULE.severity };
    Concern { rule: &RULE, severity, message, fix, path }
}
