//! A pod sees the processes of its node.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod with `hostPID: true`.
pub static RULE: Rule = Rule {
    id: "host-pid",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "pod among the processes of its node",
    docs: Docs {
        what: "A pod with `hostPID: true`.",
        why: "The pod sees all processes of its node, their environment among them, and may signal those of its user.",
        fix: "Remove `hostPID`.",
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
      hostPID: true
      containers:
        - name: web
          image: web:1.0
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let field = workload.pod.get("hostPID");
        if field.is_true() {
            let concern = RULE.concern(&field, MESSAGE.to_owned(), "remove `hostPID`".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}

const MESSAGE: &str = "the pods see the processes of their node, with their environment";
