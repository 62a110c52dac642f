//! A pod shares the network of its node.

use crate::kube::WorkloadKind;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod with `hostNetwork: true`.
pub static RULE: Rule = Rule {
    id: "host-network",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "pod in the network of its node",
    docs: Docs {
        what: "A pod with `hostNetwork: true`. In a DaemonSet, whose pods may look after the network, it is only a \
               note.",
        why: "The pod reaches what listens on the node for the node alone, network policies do not hold for it, and \
              its ports collide with those of others on the node.",
        fix: "Remove `hostNetwork`: a Service or a `hostPort` makes a pod reachable.",
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
      hostNetwork: true
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
        let field = workload.pod.get("hostNetwork");
        if field.is_true() {
            let concern = RULE.concern(
                &field,
                MESSAGE.to_owned(),
                "remove `hostNetwork`; a Service makes the pods reachable".to_owned(),
            );
            let is_agent = workload.workload.kind == WorkloadKind::DaemonSet;
            let concern = if is_agent { Concern { severity: Severity::Note, ..concern } } else { concern };
            report.leading(workload.subject, vec![concern]);
        }
    }
}

const MESSAGE: &str = "the pods share the network of their node: network policies do not hold, ports may collide";
