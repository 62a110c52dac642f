//! A Service without an address is to be reached from outside.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A headless Service that is to be reached from outside.
pub static RULE: Rule = Rule {
    id: "headless-service-with-node-port",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "headless Service of type NodePort or LoadBalancer",
    docs: Docs {
        what: "A Service with `clusterIP: None` and the type NodePort or LoadBalancer.",
        why: "A headless Service has no address that a port of the node could lead to; the API server refuses it: `may \
              not be set to 'None' for LoadBalancer services`.",
        fix: "Leave `type` out, or add a second Service for those outside.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services().iter().filter(|service| service.is_headless()) {
        let kind = service.object.at("spec.type");
        if let Some(written) = kind.string().filter(|kind| kind == "NodePort" || kind == "LoadBalancer") {
            let message = format!(
                "Service `{}` is headless and of type {written}, which needs an address: the API server refuses it",
                service.name
            );
            let fix = "leave `type` out, or `clusterIP: None`".to_owned();
            report.leading(service.subject, vec![RULE.concern(&kind, message, fix)]);
        }
    }
}
