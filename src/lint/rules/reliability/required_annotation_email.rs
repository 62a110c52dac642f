//! Nobody says whom to write to about a workload.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload without the annotation `email`.
pub static RULE: Rule = Rule {
    id: "required-annotation-email",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "workload without an address",
    docs: Docs {
        what: "A workload without the annotation `email`, or with one that is no address.",
        why: "Who finds it in trouble doesn't know whom to ask.",
        fix: "Add the annotation `email`.",
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
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {email: platform@example.com}
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let field = workload.subject.object.metadata().get("annotations").get("email");
        if !field.string().is_some_and(|address| is_address(&address)) {
            let message = "no annotation says whom to write to".to_owned();
            let fix = "add the annotation `email`, with an address".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}

/// Whether a text looks like an address.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@').and_then(|(name, domain)| Some((name, domain.split_once('.')?)));
    parts.is_some_and(|(name, (domain, rest))| !name.is_empty() && !domain.is_empty() && !rest.is_empty())
}
