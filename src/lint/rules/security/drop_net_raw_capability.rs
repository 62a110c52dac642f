//! A container may forge network packets.

use super::context::capabilities;
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container that keeps the capability `NET_RAW` although it chooses its capabilities.
pub static RULE: Rule = Rule {
    id: "drop-net-raw-capability",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container that may forge packets",
    docs: Docs {
        what: "A container whose `capabilities` drop neither `NET_RAW` nor `ALL`, or add `NET_RAW` or `ALL`.",
        why: "With `NET_RAW`, which containers have unless it is dropped, a program can forge packets and pose as \
              another pod of the node.",
        fix: "Write `capabilities: {drop: [ALL]}`, and add what is needed.",
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
          securityContext: {capabilities: {drop: [MKNOD]}}
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
          securityContext: {capabilities: {drop: [ALL]}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        report.leading(workload.subject, concern(&container).into_iter().collect());
    }
}

/// The fault, if the container has it.
fn concern(container: &Container) -> Option<Concern> {
    let all = container.get("securityContext").get("capabilities");
    if !all.is_present() {
        return None;
    }
    let find = |key: &str| {
        let is_meant = |capability: &str| matches!(capability, "NET_RAW" | "ALL");
        capabilities(container, key).into_iter().find(|(_, capability)| is_meant(capability))
    };
    let name = container_name(container);
    let field = match (find("add"), find("drop")) {
        (Some((added, _)), _) => added,
        (None, None) => all.get("drop"),
        (None, Some(_)) => return None,
    };
    let message = format!("container `{name}` may use the capability NET_RAW: it can forge packets");
    Some(RULE.concern(&field, message, "drop `ALL` capabilities, and add what is needed".to_owned()))
}
