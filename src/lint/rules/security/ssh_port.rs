//! A container listens for SSH.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container with port 22.
pub static RULE: Rule = Rule {
    id: "ssh-port",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container that listens for SSH",
    docs: Docs {
        what: "A container with the `containerPort` 22 over TCP.",
        why: "Another way in, with accounts and keys of its own, which nobody sees who watches the cluster.",
        fix: "Use `kubectl exec` to look into a container. If it serves git over SSH, let it listen on another port.",
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
          ports: [{containerPort: 22}]
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
          ports: [{containerPort: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        for port in container.get("ports").items() {
            let is_tcp = port.get("protocol").string().is_none_or(|protocol| protocol == "TCP");
            let number = port.get("containerPort");
            if is_tcp && number.integer() == Some(22) {
                let message = format!("container `{}` listens for SSH, on port 22", container_name(&container));
                let fix = "use `kubectl exec` instead of an SSH server".to_owned();
                report.leading(workload.subject, vec![RULE.concern(&number, message, fix)]);
            }
        }
    }
}
