//! Pods with a priority of their own.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods with another class of priority than those of Kubernetes.
pub static RULE: Rule = Rule {
    id: "priority-class-name",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "pods with a priority of their own",
    docs: Docs {
        what: "Pods whose `priorityClassName` is neither `system-cluster-critical` nor `system-node-critical`.",
        why: "The class has to be there, and pods of a higher one push others out.",
        fix: "Remove it, or see to it that the class is installed.",
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
      priorityClassName: high
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
        let field = workload.pod.get("priorityClassName");
        let name = field.string().unwrap_or_default();
        if !matches!(name.trim(), "" | "system-cluster-critical" | "system-node-critical") {
            let message = format!("the pods have the priority `{name}`, which isn't one of Kubernetes' own");
            let fix = "remove it, or see to it that the class is there".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
