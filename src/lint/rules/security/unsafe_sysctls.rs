//! A pod sets a kernel parameter that clusters forbid.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A parameter of the kernel that has to be allowed on each node.
pub static RULE: Rule = Rule {
    id: "unsafe-sysctls",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "kernel parameter that clusters forbid",
    docs: Docs {
        what: "A pod whose `securityContext.sysctls` name a parameter of `kernel.msg*`, `kernel.sem`, `kernel.shm*`, \
               `fs.mqueue.*` or `net.*` that does not belong to those which Kubernetes calls safe.",
        why: "Unless the kubelet of a node allows it, the node refuses the pod with `SysctlForbidden`.",
        fix: "Remove it, or allow it on the nodes with `--allowed-unsafe-sysctls`.",
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
      securityContext:
        sysctls: [{name: net.core.somaxconn, value: \"1024\"}]
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
      securityContext:
        sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}]
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        for sysctl in workload.pod.get("securityContext").get("sysctls").items() {
            report.leading(workload.subject, concern(&sysctl.get("name")).into_iter().collect());
        }
    }
}

/// Whether each pod may set a parameter.
pub(super) fn is_safe(name: &Field) -> bool {
    name.string().is_some_and(|written| SAFE.contains(&written.replace('/', ".").as_str()))
}

/// The fault, if the parameter has it. Its name may be written with slashes, too.
fn concern(name: &Field) -> Option<Concern> {
    let written = name.string()?;
    let dotted = written.replace('/', ".");
    if is_safe(name) || !UNSAFE.iter().any(|prefix| dotted.starts_with(prefix)) {
        return None;
    }
    let message = format!("`{written}` is not a safe sysctl: nodes that don't allow it refuse the pods");
    Some(RULE.concern(name, message, "remove it, or allow it on the nodes".to_owned()))
}

const UNSAFE: [&str; 5] = ["kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue.", "net."];

const SAFE: [&str; 12] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];
