//! A container may fill the disk of its node.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without a bound for what it writes.
pub static RULE: Rule = Rule {
    id: "unset-ephemeral-storage",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "container that may fill its node's disk",
    docs: Docs {
        what: "A container without request or limit of `ephemeral-storage`.",
        why: "Logs and files that it writes may fill the node, which then evicts pods.",
        fix: "Write `ephemeral-storage` among requests and limits.",
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
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 1Gi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        let fields = ["limits", "requests"].map(|kind| container.get("resources").get(kind).get("ephemeral-storage"));
        if let Some(field) = fields.iter().find(|field| !field.is_present()) {
            let name = container_name(&container);
            let message = format!("nothing bounds what container `{name}` writes to the disk of its node");
            let fix = "set `ephemeral-storage` among requests and limits".to_owned();
            report.leading(workload.subject, vec![RULE.concern(field, message, fix)]);
        }
    }
}
