//! Nobody says whose a workload is.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload without the label `owner`.
pub static RULE: Rule = Rule {
    id: "required-label-owner",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "workload without an owner",
    docs: Docs {
        what: "A workload without the label `owner`.",
        why: "Who finds it in trouble doesn't know whom to ask.",
        fix: "Add the label `owner`.",
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
  labels: {owner: platform}
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
        let field = workload.subject.object.metadata().get("labels").get("owner");
        if !field.is_present() {
            let message = "no label says whose this is".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, "add the label `owner`".to_owned())]);
        }
    }
}
