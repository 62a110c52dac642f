//! A variable is set twice.

use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, FieldValidation, Group, Rule};
use crate::source::Severity;
use std::collections::BTreeSet;

/// Two entries of `env` with the same name.
pub static RULE: Rule = Rule {
    id: "duplicate-env-var",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "environment variable set twice",
    docs: Docs {
        what: "A container with two entries of the same name in `env`.",
        why: "Only the last one counts. Helm 4 installs by server-side apply, which refuses such a list: `duplicate \
              entries for key [name=\"X\"]`.",
        fix: "Remove one of them. Where one comes from the values, let the template leave out its own.",
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
          env:
            - {name: MODE, value: fast}
            - {name: MODE, value: safe}
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
          env:
            - {name: MODE, value: safe}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        let mut seen = BTreeSet::new();
        for variable in container.get("env").items() {
            let name = variable.get("name");
            if let Some(written) = name.string().filter(|written| !seen.insert(written.clone())) {
                let called = container_name(&container);
                let (severity, result) = match cx.config().validation {
                    FieldValidation::Strict => (Severity::Error, ", and Helm 4 refuses to install it"),
                    FieldValidation::Ignore => (Severity::Warning, ""),
                };
                let message = format!("container `{called}` sets `{written}` twice: the last one counts{result}");
                let concern = RULE.concern(&name, message, "remove one of the two".to_owned());
                report.leading(workload.subject, vec![Concern { severity, ..concern }]);
            }
        }
    }
}
