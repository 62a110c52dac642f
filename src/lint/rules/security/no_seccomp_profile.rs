//! A container may use every call of the kernel.

use super::context::effective;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without a seccomp profile.
pub static RULE: Rule = Rule {
    id: "no-seccomp-profile",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "container without a seccomp profile",
    docs: Docs {
        what: "A container that has no `seccompProfile`, and whose pod has none.",
        why: "The profile of the runtime forbids calls that programs hardly ever need, and that break-ins use.",
        fix: "Write `seccompProfile: {type: RuntimeDefault}` in the pod's `securityContext`.",
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
      securityContext: {seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        if !effective(workload, &container, "seccompProfile").get("type").is_present() {
            let field = container.get("securityContext").get("seccompProfile");
            let name = container_name(&container);
            let message = format!("container `{name}` has no seccomp profile: no call of the kernel is forbidden");
            let fix = "set `seccompProfile: {type: RuntimeDefault}`".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
