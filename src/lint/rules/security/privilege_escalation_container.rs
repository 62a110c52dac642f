//! A container may gain rights.

use super::context::capabilities;
use super::dangerous_capabilities;
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container that allows its processes more rights than their parents have.
pub static RULE: Rule = Rule {
    id: "privilege-escalation-container",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "container that may gain rights",
    docs: Docs {
        what: "A container with `allowPrivilegeEscalation: true`, or with the capability `SYS_ADMIN`. Privileged \
               containers are the matter of another rule.",
        why: "A process may then become root through a program with the setuid bit, even where the container does not \
              run as root.",
        fix: "Set `allowPrivilegeEscalation: false`, and do without `SYS_ADMIN`.",
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
          securityContext: {allowPrivilegeEscalation: true}
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
          securityContext: {allowPrivilegeEscalation: false}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        if let Some(concern) = concern(&container) {
            let others = dangerous_capabilities::concerns(workload, &container).into_iter();
            let path = concern.path.clone();
            let same = others.filter(|other| other.path == path);
            report.leading(workload.subject, [concern].into_iter().chain(same).collect());
        }
    }
}

/// The fault, if the container has it.
pub(super) fn concern(container: &Container) -> Option<Concern> {
    let context = container.get("securityContext");
    if context.get("privileged").is_true() {
        return None;
    }
    let name = container_name(container);
    let allowed = context.get("allowPrivilegeEscalation");
    if allowed.is_true() {
        let message = format!("container `{name}` allows its processes to gain rights, through setuid programs");
        return Some(RULE.concern(&allowed, message, "set `allowPrivilegeEscalation: false`".to_owned()));
    }
    let (field, _) = capabilities(container, "add").into_iter().find(|(_, capability)| capability == "SYS_ADMIN")?;
    let message = format!("container `{name}` has the capability SYS_ADMIN, which is nearly that of root on the node");
    Some(RULE.concern(&field, message, "do without SYS_ADMIN".to_owned()))
}
