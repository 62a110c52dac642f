//! A pod shares memory with its node.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod with `hostIPC: true`.
pub static RULE: Rule = Rule {
    id: "host-ipc",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "pod in the shared memory of its node",
    docs: Docs {
        what: "A pod with `hostIPC: true`.",
        why: "The pod can read and change what processes of its node keep in shared memory.",
        fix: "Remove `hostIPC`; containers of one pod share memory anyway.",
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
      hostIPC: true
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
        let field = workload.pod.get("hostIPC");
        if field.is_true() {
            let concern = RULE.concern(&field, MESSAGE.to_owned(), "remove `hostIPC`".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}

const MESSAGE: &str = "the pods share memory with processes of their node";
