//! A pod is bound to one node.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod with `nodeName`.
pub static RULE: Rule = Rule {
    id: "node-name-set",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "pod that is bound to one node",
    docs: Docs {
        what: "A pod with `nodeName`.",
        why: "The pod goes to that node past the scheduler, whether it has room or not. When the node is gone the pod \
              is, too, and it never runs anywhere else.",
        fix: "Use `nodeSelector` or an affinity.",
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
      nodeName: node-1
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
      nodeSelector: {disk: ssd}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let field = workload.pod.get("nodeName");
        if let Some(node) = field.string().filter(|node| !node.is_empty()) {
            let message = format!("the pods run on `{node}` or nowhere, whether it has room or not");
            let fix = "use `nodeSelector` or an affinity".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
