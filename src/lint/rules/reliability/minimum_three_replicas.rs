//! A workload has fewer than three pods.

use crate::kube::WorkloadKind::{Deployment, DeploymentConfig, ReplicaSet, ReplicationController, StatefulSet};
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::scale::autoscaler;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload that asks for one or two pods.
pub static RULE: Rule = Rule {
    id: "minimum-three-replicas",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "fewer than three pods",
    docs: Docs {
        what: "A Deployment, StatefulSet or the like that asks for fewer than three pods, and isn't driven by a \
               rendered autoscaler.",
        why: "When a node is drained one of few is a large part, and with a single one nothing is left.",
        fix: "Write `replicas: 3`, where the program bears it.",
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
  replicas: 3
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
    const WANTED: i64 = 3;
    for workload in cx.workloads() {
        let kind = workload.workload.kind;
        if !matches!(kind, Deployment | DeploymentConfig | ReplicaSet | ReplicationController | StatefulSet) {
            continue;
        }
        let field = workload.subject.object.at("spec.replicas");
        let pods = if field.is_present() { field.integer() } else { Some(1) };
        if let Some(pods) = pods.filter(|pods| *pods < WANTED && autoscaler(cx, workload).is_none()) {
            let message = format!("{pods} of at least {WANTED} pods are asked for");
            report.leading(workload.subject, vec![RULE.concern(&field, message, "set `replicas: 3`".to_owned())]);
        }
    }
}
