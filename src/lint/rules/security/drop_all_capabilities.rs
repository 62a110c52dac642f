//! A container keeps capabilities that it may not need.

use super::context::capabilities;
use super::levels::USUAL;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container that doesn't drop all capabilities.
pub static RULE: Rule = Rule {
    id: "drop-all-capabilities",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "container that keeps capabilities",
    docs: Docs {
        what: "A container whose `capabilities.drop` contains neither `ALL` nor each of those that containers have.",
        why: "Containers have some fourteen capabilities unless they are dropped; most programs need none.",
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
        let dropped: Vec<String> = capabilities(&container, "drop").into_iter().map(|(_, name)| name).collect();
        let is_dropped = |name: &str| dropped.iter().any(|dropped| dropped == name);
        // Containers have no others unless they add them.
        let is_each = || is_dropped("NET_RAW") && USUAL.iter().all(|name| is_dropped(name));
        if !is_dropped("ALL") && !is_each() {
            let field = container.get("securityContext").get("capabilities").get("drop");
            let name = container_name(&container);
            let message = format!("container `{name}` keeps capabilities, most of which it won't need");
            let concern = RULE.concern(&field, message, "drop `ALL`, and add what is needed".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}
