//! A path that the kubelet makes on the node.

use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path that is made on the node where it is missing.
pub static RULE: Rule = Rule {
    id: "host-path-create",
    group: Group::Hostpath,
    severity: Severity::Note,
    activation: Activation::On,
    title: "a hostPath that is made where it is missing",
    docs: Docs {
        what: "A hostPath of type `DirectoryOrCreate` or `FileOrCreate`, in anything but a DaemonSet. Where the volume \
               has graver faults, this is said beside them.",
        why: "What is made belongs to root, with mode 0755 (a directory) or 0644 (a file), so that other users can't \
              write to it; and nobody ever cleans it up.",
        fix: "Use a claim or an `emptyDir`; or prepare the node and ask for `Directory` or `File`.",
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
          hostPath: {path: /etc/ssl/certs, type: DirectoryOrCreate}
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
          hostPath: {path: /etc/ssl/certs, type: Directory}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    let kind = host.kind().filter(|kind| kind.ends_with("OrCreate") && !host.is_node_agent)?;
    let message = format!(
        "{} is of type `{kind}`: `{}` is made on the node, belongs to root, and is never cleaned up",
        host.title,
        host.path()
    );
    let concern = about_path(host, &RULE, message, "use a claim or an emptyDir");
    Some(Concern { path: host.field.get("type").path().clone(), ..concern })
}
