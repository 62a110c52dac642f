//! A variable whose value is no text.

use super::text::not_text;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A number or a truth value in `env`.
pub static RULE: Rule = Rule {
    id: "non-string-env-value",
    group: Group::Values,
    severity: Severity::Error,
    activation: Activation::On,
    title: "environment variable that is no text",
    docs: Docs {
        what: "An entry of `env` whose `value` is a number or a boolean.",
        why: "The values of variables are texts: the API server refuses the whole object.",
        fix: "Write `{{ … | quote }}` in the template.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          env: [{name: REPLICAS, value: 3}]
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          env: [{name: REPLICAS, value: \"3\"}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        for variable in container.get("env").items() {
            let value = variable.get("value");
            if let Some(kind) = not_text(&value) {
                let name = variable.get("name").string().unwrap_or_default();
                let message = format!("the value of `{name}` is {kind}, not a text: the API server refuses it");
                let concern = RULE.concern(&value, message, "write `| quote` in the template".to_owned());
                report.leading(workload.subject, vec![concern]);
            }
        }
    }
}
