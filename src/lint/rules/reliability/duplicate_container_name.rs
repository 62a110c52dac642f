//! Two containers have the same name.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;
use std::collections::BTreeSet;

/// A name that two containers of a pod bear.
pub static RULE: Rule = Rule {
    id: "duplicate-container-name",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two containers of the same name",
    docs: Docs {
        what: "Two containers or init containers of a pod that bear the same name.",
        why: "The API server refuses the pod.",
        fix: "Rename one of them.",
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
      initContainers:
        - {name: web, image: \"setup:1.0\"}
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
      initContainers:
        - {name: setup, image: \"setup:1.0\"}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let mut seen = BTreeSet::new();
        for container in workload.pod.all_containers() {
            let name = container.get("name");
            if let Some(written) = name.string().filter(|written| !seen.insert(written.clone())) {
                let message = format!("two containers are named `{written}`: the API server refuses the pod");
                let concern = RULE.concern(&name, message, "rename one of them".to_owned());
                report.leading(workload.subject, vec![concern]);
            }
        }
    }
}
