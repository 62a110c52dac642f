//! A value without which the chart renders nothing.

use super::failures::{Told, tell, where_or_start};
use super::paths::values_in;
use crate::engine::Error;
use crate::lint::cx::Cx;
use crate::lint::failure::refusal;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::Severity;

/// A value that the chart insists on and that isn't there.
pub static RULE: Rule = Rule {
    id: "required-value-missing",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "value that the chart insists on",
    docs: Docs {
        what: "A call of `required` with a value that is missing or empty, or a call of `fail`, with the values at \
               hand. All of them are told, though Helm stops at the first.",
        why: "Nothing is rendered, and nothing installed; `helm lint` says nothing of it.",
        fix: "Set the value: in a file of values, or with `--set`. If the chart can do without it, give it a default \
              instead.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  host: {{ required \"a host is needed\" .Values.host }}
",
    good: "\
-- values.yaml --
host: example.com
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  host: {{ required \"a host is needed\" .Values.host }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    tell(cx, report, told);
}

/// The fault, if it is this one.
fn told(error: &Error, scene: Scene) -> Option<Told> {
    let (function, said) = refusal(error)?;
    let span = where_or_start(error, scene)?;
    if function == "fail" {
        let fix = "change the values that it speaks of".to_owned();
        return Some(Told { span, message: format!("the chart refuses these values: {said}"), fix });
    }
    let fix = match values_in(&scene.text(span)).last() {
        Some(path) => format!("set `{path}`, in a file of values or with `--set {path}=…`"),
        None => "set the value, in a file of values or with `--set`".to_owned(),
    };
    Some(Told { span, message: format!("the chart requires a value: {said}"), fix })
}
