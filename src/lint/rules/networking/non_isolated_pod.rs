//! Every pod of the cluster may connect.

use crate::kube::Selector;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods that no rendered policy selects.
pub static RULE: Rule = Rule {
    id: "non-isolated-pod",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "pods that no policy protects",
    docs: Docs {
        what: "Pods that no rendered NetworkPolicy in their namespace selects.",
        why: "Every pod of the cluster can connect to them, and they to everything.",
        fix: "Add a NetworkPolicy that selects them.",
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
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let policies = cx
        .of_kind("networking.k8s.io", "NetworkPolicy")
        .map(|policy| (cx.namespace(policy.object), Selector::from_field(&policy.object.at("spec.podSelector"))));
    let policies: Vec<_> = policies.collect();
    for pods in cx.pods().iter().filter(|pods| pods.kind.is_some()) {
        let selects =
            |(namespace, selector): &(String, Selector)| *namespace == pods.namespace && pods.satisfy(selector);
        if !policies.iter().any(selects) {
            let message = "no policy selects these pods: every pod of the cluster may connect to them".to_owned();
            let fix = "add a NetworkPolicy that selects them".to_owned();
            report.leading(pods.subject, vec![RULE.concern(&pods.labels, message, fix)]);
        }
    }
}
