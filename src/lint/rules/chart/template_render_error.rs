//! A template fails.

use super::failures::{Told, tell, where_or_start};
use crate::engine::{Error, ErrorKind};
use crate::lint::cx::Cx;
use crate::lint::failure::refusal;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::Severity;

/// A template that can't be executed.
pub static RULE: Rule = Rule {
    id: "template-render-error",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "template that fails",
    docs: Docs {
        what: "A template that fails while it is executed: a field of something that isn't set, a named template that \
               isn't there, a function that is given the wrong thing. All such places are told, though Helm stops at \
               the first.",
        why: "Nothing is rendered, and nothing installed.",
        fix: "Guard what may be missing: `{{ with .Values.a }}`, `{{ (.Values.a).b }}` or `default`.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  port: {{ .Values.service.port }}
",
    good: "\
-- values.yaml --
service: {port: 80}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  port: {{ .Values.service.port }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    tell(cx, report, told);
}

/// The fault, if it is this one.
fn told(error: &Error, scene: Scene) -> Option<Told> {
    let ErrorKind::Exec(inner) = &error.kind else { return None };
    if refusal(error).is_some() {
        return None;
    }
    let said = inner.nested().last().map_or_else(String::new, |innermost| innermost.kind.to_string());
    let fix = "guard what may be missing, with `with` or `default`".to_owned();
    Some(Told { span: where_or_start(error, scene)?, message: format!("the template fails here: {said}"), fix })
}
