//! A pod has no containers.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod whose `containers` are missing or empty.
pub static RULE: Rule = Rule {
    id: "no-containers",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "pod without containers",
    docs: Docs {
        what: "A workload whose pods have no `containers`, or an empty list of them.",
        why: "The API server refuses it. Often the block is indented too far, or too little.",
        fix: "Add a container, or mend the indentation.",
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
      containers: []
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
        let containers = workload.pod.get("containers");
        let is_empty = containers.value().as_list().is_some_and(|list| list.items().is_empty());
        if !containers.is_present() || is_empty {
            let message = "the pods have no containers: the API server refuses them".to_owned();
            let concern = RULE.concern(&containers, message, "add a container, or mend the indentation".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}
