//! A container may run as root.

use super::context::effective;
use crate::kube::Container;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Nothing keeps a container from running as root.
pub static RULE: Rule = Rule {
    id: "run-as-non-root",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container that may run as root",
    docs: Docs {
        what: "A container for which neither `runAsNonRoot: true` nor a `runAsUser` other than 0 is set, by itself or \
               by its pod; or whose group is 0. It weighs more where `runAsUser: 0` is written. Pods of Windows are \
               left alone.",
        why: "Many images run as root unless told otherwise. Whoever breaks out of such a container starts with the \
              rights of root.",
        fix: "Set `runAsNonRoot: true` and, if the image names no user by number, a `runAsUser`.",
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
      securityContext: {runAsNonRoot: true, runAsUser: 10001}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        report.leading(workload.subject, concern(workload, &container).into_iter().collect());
    }
}

/// The fault, if the container has it.
fn concern(workload: &WorkloadSubject, container: &Container) -> Option<Concern> {
    if workload.pod.get("os").get("name").is("windows") {
        return None;
    }
    let setting = |key: &str| effective(workload, container, key);
    let (user, group, non_root) = (setting("runAsUser"), setting("runAsGroup"), setting("runAsNonRoot"));
    let name = container_name(container);
    let fix = "set `runAsNonRoot: true`, and a runAsUser other than 0".to_owned();
    match user.integer() {
        // That they contradict each other is another rule's.
        Some(0) if non_root.is_true() => None,
        Some(0) => {
            let message = format!("container `{name}` runs as root: `runAsUser: 0`");
            Some(Concern { severity: Severity::Warning, ..RULE.concern(&user, message, fix) })
        }
        None if !non_root.is_true() => {
            let message = format!("container `{name}` runs as root if its image says so, or says nothing");
            Some(RULE.concern(container.field(), message, fix))
        }
        _ if group.integer() == Some(0) => {
            let message = format!("container `{name}` belongs to the group of root");
            Some(RULE.concern(&group, message, "set a runAsGroup other than 0".to_owned()))
        }
        _ => None,
    }
}
