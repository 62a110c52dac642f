//! A container has a capability that is worth nearly as much as root on the node.

use super::context::capabilities;
use super::privilege_escalation_container;
use crate::kube::{Container, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A capability with which a program may leave its container.
pub static RULE: Rule = Rule {
    id: "dangerous-capabilities",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "capability that comes close to root on the node",
    docs: Docs {
        what: "A container that adds `ALL`, `SYS_ADMIN`, `NET_ADMIN`, `SYS_PTRACE`, `SYS_MODULE`, `SYS_RAWIO`, \
               `DAC_READ_SEARCH`, `BPF` or `PERFMON`, with or without `CAP_`. In a DaemonSet, whose pods may look \
               after the node, it is only a note; privileged containers are the matter of another rule.",
        why: "With them a program can read or change what belongs to the node: load modules, trace other processes, \
              rewrite its network.",
        fix: "Remove them, or name the narrow one that is needed.",
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
          securityContext: {capabilities: {add: [NET_ADMIN]}}
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
          securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        for concern in concerns(workload, &container) {
            let other = privilege_escalation_container::concern(&container);
            let same = other.filter(|other| other.path == concern.path);
            report.leading(workload.subject, same.into_iter().chain([concern]).collect());
        }
    }
}

/// The fault of each capability.
pub(super) fn concerns(workload: &WorkloadSubject, container: &Container) -> Vec<Concern> {
    if container.get("securityContext").get("privileged").is_true() {
        return Vec::new();
    }
    let added = capabilities(container, "add").into_iter().filter_map(|(field, capability)| {
        let (_, power) = DANGEROUS.iter().find(|(dangerous, _)| *dangerous == capability)?;
        let name = container_name(container);
        let message = format!("container `{name}` has the capability {capability}: it can {power}");
        let concern = RULE.concern(&field, message, "remove it, or name a narrower one".to_owned());
        let is_agent = workload.workload.kind == WorkloadKind::DaemonSet;
        Some(if is_agent { Concern { severity: Severity::Note, ..concern } } else { concern })
    });
    added.collect()
}

/// Capabilities, and what one can do with them.
const DANGEROUS: [(&str, &str); 9] = [
    ("ALL", "do nearly all that root can do on the node"),
    ("BPF", "load programs into the kernel"),
    ("DAC_READ_SEARCH", "read every file that it can name, those of the node among them"),
    ("NET_ADMIN", "change the network, and read what others send"),
    ("PERFMON", "watch the kernel and what others do"),
    ("SYS_ADMIN", "do nearly all that root can do on the node"),
    ("SYS_MODULE", "load modules into the kernel"),
    ("SYS_PTRACE", "read and change the memory of other processes"),
    ("SYS_RAWIO", "reach the memory and the disks of the node"),
];
