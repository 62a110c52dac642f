//! A container of Windows runs on the node itself.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container with `hostProcess: true`.
pub static RULE: Rule = Rule {
    id: "windows-host-process",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "container that is a process of its node",
    docs: Docs {
        what: "A pod or container with `windowsOptions.hostProcess: true`.",
        why: "It is no container: the program runs on the Windows node, with its rights, files and network.",
        fix: "Remove `hostProcess`.",
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
      securityContext: {windowsOptions: {hostProcess: true}}
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
      securityContext: {windowsOptions: {runAsUserName: ContainerUser}}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let containers = workload.pod.all_containers().into_iter().map(|container| container.get("securityContext"));
        for context in std::iter::once(workload.pod.get("securityContext")).chain(containers) {
            let field = context.get("windowsOptions").get("hostProcess");
            if field.is_true() {
                let message = "what runs here is a process of the Windows node, with all its rights".to_owned();
                let concern = RULE.concern(&field, message, "remove `hostProcess`".to_owned());
                report.leading(workload.subject, vec![concern]);
            }
        }
    }
}
