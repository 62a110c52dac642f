//! A Service can be reached from outside the cluster.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service that is open to those outside.
pub static RULE: Rule = Rule {
    id: "exposed-services",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "Service that is open to those outside",
    docs: Docs {
        what: "A Service of type NodePort or LoadBalancer.",
        why: "It can be reached from outside the cluster, past the Ingress and its certificates.",
        fix: "Use the type ClusterIP, and an Ingress or a Gateway.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80}]
---
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
          ports: [{name: http, containerPort: 8080}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
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
          ports: [{name: http, containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services() {
        let kind = service.object.at("spec.type");
        if let Some(written) = kind.string().filter(|kind| kind == "NodePort" || kind == "LoadBalancer") {
            let message = format!("Service `{}` is of type {written}: it can be reached from outside", service.name);
            let fix = "use the type ClusterIP, and an Ingress or a Gateway".to_owned();
            report.leading(service.subject, vec![RULE.concern(&kind, message, fix)]);
        }
    }
}
