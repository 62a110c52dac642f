//! The socket of the container runtime inside of a pod.

use super::level::Level;
use super::{Access, HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume through which the container runtime can be commanded.
pub static RULE: Rule = Rule {
    id: "docker-sock",
    group: Group::Hostpath,
    severity: Severity::Error,
    activation: Activation::On,
    title: "the socket of the container runtime is mounted",
    docs: Docs {
        what: "A hostPath volume (or a PersistentVolume) whose path is the socket of a container runtime, such as \
               `/var/run/docker.sock` or `/run/containerd/containerd.sock`, or a directory that holds one.",
        why: "Whoever can talk to this socket can start a privileged container, and so owns the node. `readOnly` does \
              not help: it forbids to replace the socket, not to talk to it.",
        fix: "Remove the mount. To build images in a cluster, use a builder that needs no runtime of the node.",
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
          hostPath: {path: /var/run/docker.sock, type: Socket}
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
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    if host.level != Level::Socket {
        return None;
    }
    let message = format!(
        "{} hands out the socket of the container runtime (`{}`): whoever can talk to it owns the node, even read-only",
        host.title,
        host.path()
    );
    let concern = about_path(host, &RULE, message, "remove the volume and its mounts");
    let severity = if host.access == Access::None { Severity::Warning } else { Severity::Error };
    Some(Concern { severity, ..concern })
}
