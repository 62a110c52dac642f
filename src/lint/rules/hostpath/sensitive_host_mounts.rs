//! A place of the node itself inside of a pod.

use super::level::Level;
use super::{Access, HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume that is a place of the node itself.
pub static RULE: Rule = Rule {
    id: "sensitive-host-mounts",
    group: Group::Hostpath,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "a directory of the node itself is mounted",
    docs: Docs {
        what: "A hostPath volume (or a PersistentVolume) on a place that belongs to the node: `/`, `/etc`, `/root`, \
               `/proc`, `/dev`, `/var/lib/kubelet`, `/run`, `/var/log` and the like. An error where the node can be \
               taken over by writing; a hint where only logs or the like are read. Files that every program may read \
               (`/etc/localtime`, `/etc/ssl/certs`, `/lib/modules`, …) are left alone while they are read-only.",
        why: "Reading these places leaks the keys and credentials of the node, and of all pods on it. Writing there (a \
              cron job, an ssh key, a plugin of the kubelet) takes the node over.",
        fix: "Mount only the one directory or file that is needed, with `readOnly: true`.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: host, mountPath: /host, readOnly: true}]
      volumes:
        - name: host
          hostPath: {path: /etc, type: Directory}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: host, mountPath: /host, readOnly: true}]
      volumes:
        - name: host
          hostPath: {path: /etc/localtime, type: File}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    let can_write = host.access == Access::Write;
    let (severity, consequence) = match host.level {
        Level::Critical if can_write => (Severity::Error, "whoever can write there can take over the node"),
        Level::Critical => (Severity::Warning, "whoever can read there finds the keys and credentials of the node"),
        Level::High if can_write => (Severity::Warning, "it can be written, and programs of the node rely on it"),
        Level::High => (Severity::Note, "it may hold logs or credentials of the node and of other pods"),
        Level::Socket | Level::Other | Level::Benign => return None,
    };
    let message = format!("{} is `{}` of the node: {consequence}", host.title, host.path());
    let fix = if can_write {
        "mount only the one directory that is needed, with `readOnly: true`"
    } else {
        "mount only the one directory or file that is needed"
    };
    Some(Concern { severity, ..about_path(host, &RULE, message, fix) })
}
