//! A container sees all of `/proc`.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container with another `procMount` than `Default`.
pub static RULE: Rule = Rule {
    id: "unsafe-proc-mount",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "container that sees what the kernel hides",
    docs: Docs {
        what: "A container whose `procMount` is another than `Default`: `Unmasked`.",
        why: "Runtimes hide parts of `/proc` that tell of the node or change it. This shows them.",
        fix: "Write `procMount: Default`, or remove it.",
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
      hostUsers: false
      containers:
        - name: web
          image: web:1.0
          securityContext: {procMount: Unmasked}
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
          securityContext: {procMount: Default}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        let field = container.get("securityContext").get("procMount");
        if field.string().is_some_and(|mount| !mount.is_empty() && mount != "Default") {
            let name = container_name(&container);
            let message = format!("container `{name}` sees parts of `/proc` that runtimes hide, and may change some");
            let concern = RULE.concern(&field, message, "set `procMount: Default`".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}
