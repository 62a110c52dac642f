//! A pod in the network of the node does not know the names of the cluster.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod with the network of its node and the wrong DNS policy.
pub static RULE: Rule = Rule {
    id: "host-network-dns-policy",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::On,
    title: "network of the node without the names of the cluster",
    docs: Docs {
        what: "A pod with `hostNetwork: true` whose `dnsPolicy` is missing or `ClusterFirst`.",
        why: "Such a pod asks the name servers of the node, and the names of Services mean nothing to them.",
        fix: "Set `dnsPolicy: ClusterFirstWithHostNet`.",
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
          ports: [{name: http, containerPort: 8080}]
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
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      containers:
        - name: web
          image: web:1.0
          ports: [{name: http, containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods().iter().filter(|pods| pods.spec.get("hostNetwork").is_true()) {
        let policy = pods.spec.get("dnsPolicy");
        if !policy.is_present() || policy.is("ClusterFirst") {
            let message =
                "the pods share the network of the node: the names of Services mean nothing to them".to_owned();
            let fix = "set `dnsPolicy: ClusterFirstWithHostNet`".to_owned();
            report.leading(pods.subject, vec![RULE.concern(&policy, message, fix)]);
        }
    }
}
