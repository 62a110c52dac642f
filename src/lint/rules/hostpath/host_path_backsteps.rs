//! A path with `..`.

use super::path::has_backsteps;
use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path of the node that goes back a step.
pub static RULE: Rule = Rule {
    id: "host-path-backsteps",
    group: Group::Hostpath,
    severity: Severity::Error,
    activation: Activation::On,
    title: "a path of the node that goes back a step",
    docs: Docs {
        what: "A hostPath whose path has `..` as a component.",
        why: "The API server refuses such a path.",
        fix: "Write the path it means.",
    },
    bad: "\
apiVersion: apps/v1
kind: DaemonSet
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
          hostPath: {path: /srv/agent/../data, type: Directory}
",
    good: "\
apiVersion: apps/v1
kind: DaemonSet
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
          hostPath: {path: /srv/data, type: Directory}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    let path = host.path();
    let message = format!("{} has `..` in its path `{path}`: the API server refuses it", host.title);
    has_backsteps(&path).then(|| about_path(host, &RULE, message, "write the path it means, without `..`"))
}
