//! A port has a name or number that Kubernetes refuses.

use super::ports::{is_port, name_fault};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A name or number that can't be that of a port.
pub static RULE: Rule = Rule {
    id: "invalid-target-ports",
    group: Group::Networking,
    severity: Severity::Error,
    activation: Activation::On,
    title: "name or number that no port can have",
    docs: Docs {
        what: "A name of a container's port, or a named `targetPort` of a Service, that isn't 1 to 15 lower-case \
               letters, digits and single dashes with at least one letter; a number of a port outside 1 to 65535, or a \
               container's port without one. One finding for each port.",
        why: "The API server refuses the object. A number in quotation marks counts as a name, and has no letter.",
        fix: "Shorten the name, or write the number without quotation marks.",
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
          ports: [{name: http-administration, containerPort: 8080}]
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
          ports: [{name: http-admin, containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for container in pods.spec.all_containers() {
            for port in container.get("ports").items() {
                report.leading(pods.subject, of_container(&container_name(&container), &port));
            }
        }
    }
    for service in cx.services() {
        for port in service.object.at("spec.ports").items() {
            report.leading(service.subject, of_service(&service.name, &port));
        }
    }
}

/// What is wrong with a port of a container: its name, its number.
fn of_container(container: &str, port: &Field) -> Vec<Concern> {
    let title = format!("container `{container}`");
    let number = port.get("containerPort");
    let missing = || {
        let message = format!("a port of {title} has no containerPort: the API server refuses it");
        RULE.concern(&number, message, "add `containerPort`".to_owned())
    };
    let is_missing = !number.is_present() || number.is("");
    let of_number = if is_missing { Some(missing()) } else { of_number(&title, &number) };
    of_name(&title, &port.get("name")).into_iter().chain(of_number).collect()
}

/// What is wrong with a port of a Service: where it leads, its number.
fn of_service(service: &str, port: &Field) -> Vec<Concern> {
    let title = format!("Service `{service}`");
    let target = port.get("targetPort");
    // 0 counts as absent.
    let of_target = if target.integer() == Some(0) { None } else { of_number(&title, &target) };
    of_name(&title, &target).into_iter().chain(of_target).chain(of_number(&title, &port.get("port"))).collect()
}

fn of_name(title: &str, name: &Field) -> Option<Concern> {
    let written = name.string().filter(|written| !written.is_empty())?;
    let fault = name_fault(&written)?;
    let message = format!("{title} names a port `{written}`, but {fault}: the API server refuses it");
    let fix =
        if written.parse::<u16>().is_ok() { "write the number without quotation marks" } else { "use another name" };
    Some(RULE.concern(name, message, fix.to_owned()))
}

fn of_number(title: &str, number: &Field) -> Option<Concern> {
    let written = number.integer().filter(|written| !is_port(*written))?;
    let message = format!("{title} has the port {written}, which isn't between 1 and 65535: the API server refuses it");
    Some(RULE.concern(number, message, "use a number from 1 to 65535".to_owned()))
}
