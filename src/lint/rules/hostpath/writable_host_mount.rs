//! A container can write to the node.

use super::level::Level;
use super::volume::Mount;
use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume of the node that containers can write to.
pub static RULE: Rule = Rule {
    id: "writable-host-mount",
    group: Group::Hostpath,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "a container can write to the node",
    docs: Docs {
        what: "A hostPath volume that some container (init containers too) mounts without `readOnly: true`. Where the \
               path is grave in itself, this is said beside that finding.",
        why: "What the container writes stays on the node: it is not counted against any limit of storage, not cleaned \
              up with the pod, and read by whatever mounts the same path next.",
        fix: "Set `readOnly: true` on the mount, or use a claim or an `emptyDir` for what is written.",
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
      nodeSelector: {kubernetes.io/hostname: worker-1}
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: host, mountPath: /host}]
      volumes:
        - name: host
          hostPath: {path: /srv/agent, type: Directory}
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
      nodeSelector: {kubernetes.io/hostname: worker-1}
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: host, mountPath: /host, readOnly: true}]
      volumes:
        - name: host
          hostPath: {path: /srv/agent, type: Directory}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath, mounts: &[Mount]) -> Option<Concern> {
    if host.level == Level::Socket {
        return None;
    }
    let writing: Vec<&Mount> = mounts.iter().filter(|mount| mount.can_write()).collect();
    let path = writing.first()?.field.path().clone();
    let mut containers: Vec<&str> = writing.iter().map(|mount| mount.container.as_str()).collect();
    containers.dedup();
    let message = format!(
        "{} can be written by {}: what is written to `{}` stays on the node, outside of all limits",
        host.title,
        listed(&containers),
        host.path()
    );
    let severity = if host.is_node_agent { Severity::Note } else { RULE.severity };
    Some(Concern { severity, path, ..about_path(host, &RULE, message, "set `readOnly: true` on the mount") })
}
