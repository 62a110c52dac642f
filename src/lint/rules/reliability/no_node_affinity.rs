//! Pods may run on every node.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload without an affinity to nodes.
pub static RULE: Rule = Rule {
    id: "no-node-affinity",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "pods without an affinity to nodes",
    docs: Docs {
        what: "A workload whose pods have no `nodeAffinity`.",
        why: "Where nodes differ, pods that need certain ones may land elsewhere.",
        fix: "Add a `nodeAffinity`, or leave the rule off where all nodes are alike.",
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
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]}]
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let field = workload.pod.get("affinity").get("nodeAffinity");
        if !field.is_present() {
            let message = "the pods may run on every node".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, "add a `nodeAffinity`".to_owned())]);
        }
    }
}
