//! A path of the node, read-only.

use super::level::Level;
use super::{Access, HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume that is a directory of the node.
pub static RULE: Rule = Rule {
    id: "host-path-volume",
    group: Group::Hostpath,
    severity: Severity::Note,
    activation: Activation::On,
    title: "a volume is a directory of the node",
    docs: Docs {
        what: "A hostPath volume on the application's own path, which nothing writes to.",
        why: "The pod sees the files of whichever node it runs on. They don't move with it, and the levels baseline and \
              restricted of the Pod Security Standards forbid every hostPath volume.",
        fix: "Use a ConfigMap, a claim or an `emptyDir` instead.",
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
      containers:
        - name: agent
          image: agent
          volumeMounts: [{name: config, mountPath: /host, readOnly: true}]
      volumes:
        - name: config
          configMap: {name: agent}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    if host.level != Level::Other || host.access == Access::Write {
        return None;
    }
    let message =
        format!("{} is `{}` of whichever node the pod runs on: it doesn't move with it", host.title, host.path());
    Some(about_path(host, &RULE, message, "use a ConfigMap, a claim or an emptyDir instead"))
}
