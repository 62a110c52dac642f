//! A Service claims addresses.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service with `externalIPs`.
pub static RULE: Rule = Rule {
    id: "service-external-ips",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "Service that claims addresses",
    docs: Docs {
        what: "A Service with `externalIPs`.",
        why: "What is sent to such an address from within the cluster goes to the Service, whosever the address is: \
              traffic of others can be caught (CVE-2020-8554). Many clusters refuse it.",
        fix: "Use a Service of type LoadBalancer, or an Ingress.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
  externalIPs: [192.0.2.1]
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
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services() {
        let field = service.object.at("spec.externalIPs");
        if !field.items().is_empty() {
            let message =
                "the Service takes what is sent to these addresses, whosever they are; many clusters refuse that";
            let fix = "use a load balancer or an Ingress".to_owned();
            report.leading(service.subject, vec![RULE.concern(&field, message.to_owned(), fix)]);
        }
    }
}
