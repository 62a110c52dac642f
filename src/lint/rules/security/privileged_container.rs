//! A container has all the rights of the node.

use crate::kube::{Container, Field, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container with `privileged: true`.
pub static RULE: Rule = Rule {
    id: "privileged-container",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "privileged container",
    docs: Docs {
        what: "A container, of whatever sort, whose `securityContext` has `privileged: true`. In a DaemonSet that also \
               uses the network or directories of the node, which is how agents of a node are written, it is only a \
               note.",
        why: "A privileged container has all the rights of root on its node: whoever breaks into it owns the node, and \
              what runs there.",
        fix: "Remove `privileged`, and add only the capability that is needed to `capabilities.add`.",
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
          securityContext: {privileged: true}
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
          securityContext: {privileged: false}
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
    let privileged = container.get("securityContext").get("privileged");
    if !privileged.is_true() {
        return None;
    }
    let name = container_name(container);
    let message = format!("container `{name}` is privileged: whoever breaks into it owns the node");
    let fix = "remove `privileged`, and add only the capability it needs".to_owned();
    let severity = if is_node_agent(workload) { Severity::Note } else { RULE.severity };
    Some(Concern { severity, ..RULE.concern(&privileged, message, fix) })
}

/// Whether it looks after the node: one pod on every node that uses what belongs to the node.
fn is_node_agent(workload: &WorkloadSubject) -> bool {
    let of_node = |volume: &Field| volume.get("hostPath").is_present();
    workload.workload.kind == WorkloadKind::DaemonSet
        && (workload.pod.get("hostNetwork").is_true() || workload.pod.volumes().iter().any(of_node))
}
