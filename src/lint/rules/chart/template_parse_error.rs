//! A template isn't one.

use super::failures::{Told, tell, where_or_start};
use crate::engine::{Error, ErrorKind};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::Severity;

/// A template that can't be read.
pub static RULE: Rule = Rule {
    id: "template-parse-error",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "template that can't be read",
    docs: Docs {
        what: "A template with a fault in its syntax: braces that aren't closed, a missing `end`, a function that \
               doesn't exist. All of them are told, though Helm stops at the first.",
        why: "Nothing is rendered, and nothing installed.",
        fix: "Mend it where it is marked. A missing `end` is often told at the end of the file.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  host: {{ .Values.host | quot }}
",
    good: "\
-- values.yaml --
host: example.com
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  host: {{ .Values.host | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    tell(cx, report, told);
}

/// The fault, if it is this one.
fn told(error: &Error, scene: Scene) -> Option<Told> {
    let ErrorKind::Parse(_, inner) = &error.kind else { return None };
    let message = format!("the template can't be read: {}", inner.kind);
    Some(Told { span: where_or_start(error, scene)?, message, fix: "mend the template here, or before".to_owned() })
}
