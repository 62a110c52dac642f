//! A controller says not which pods are its own.

use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::pods::title;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A controller without a selector.
pub static RULE: Rule = Rule {
    id: "missing-selector",
    group: Group::References,
    severity: Severity::Error,
    activation: Activation::On,
    title: "controller without a selector",
    docs: Docs {
        what: "A Deployment, StatefulSet, DaemonSet or ReplicaSet of `apps/v1` whose `spec.selector` is missing, or \
               asks for nothing.",
        why: "The API server refuses the object. Before `apps/v1`, the labels of the template were taken instead.",
        fix: "Add `selector: {matchLabels: …}` with labels that the template of the pods has.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| needs_selector(workload)) {
        let selector = workload.workload.selector().unwrap_or_default();
        if selector.is_empty() {
            let field = workload.subject.object.at("spec.selector");
            let message = format!("{} has no selector: the API server refuses it", title(workload.subject));
            let fix = "add `selector.matchLabels` with labels that `template` has".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}

/// Whether its kind and version want one.
fn needs_selector(workload: &WorkloadSubject) -> bool {
    ["apps/v1", "apps/v1beta2"].contains(&workload.subject.object.api_version().as_str())
}
