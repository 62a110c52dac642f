//! A Service has several ports and does not name them all.

use crate::kube::Field;
use crate::lint::cx::{Cx, Service};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A port without a name beside others.
pub static RULE: Rule = Rule {
    id: "service-unnamed-ports",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "port without a name beside others",
    docs: Docs {
        what: "A Service with more than one port of which one has no `name`.",
        why: "The API server refuses the Service: with several ports each must have a name.",
        fix: "Give each port a `name`.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80}, {name: metrics, port: 9090}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}, {name: metrics, port: 9090}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services() {
        let ports = service.object.at("spec.ports").items();
        for port in ports.iter().filter(|_| ports.len() > 1) {
            report.leading(service.subject, concern(service, port).into_iter().collect());
        }
    }
}

/// The fault, if the port has it.
fn concern(service: &Service, port: &Field) -> Option<Concern> {
    let name = port.get("name");
    if name.is_present() && !name.is("") {
        return None;
    }
    let number = port.get("port").integer().map(|number| format!(" {number}")).unwrap_or_default();
    let message =
        format!("port{number} of Service `{}` has no name beside others: the API server refuses it", service.name);
    Some(RULE.concern(&name, message, "give each port a `name`".to_owned()))
}
