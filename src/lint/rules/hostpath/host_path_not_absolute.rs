//! A path that is empty or relative.

use super::path::is_absolute;
use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path of the node that doesn't begin at its root.
pub static RULE: Rule = Rule {
    id: "host-path-not-absolute",
    group: Group::Hostpath,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "a path of the node that isn't absolute",
    docs: Docs {
        what: "A hostPath whose path is empty (an error: the API server refuses it) or does not begin at the root.",
        why: "A relative path is resolved by the container runtime, if at all: most refuse it, and the pod never \
              starts.",
        fix: "Write an absolute path.",
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
          hostPath: {path: srv/agent, type: Directory}
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
          hostPath: {path: /srv/agent, type: Directory}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    let path = host.path();
    if is_absolute(&path) {
        return None;
    }
    let (severity, message) = if path.is_empty() {
        (Severity::Error, format!("{} is a hostPath without a path: the API server refuses it", host.title))
    } else {
        let message =
            format!("{} has the relative path `{path}`: most runtimes refuse it, and the pod never starts", host.title);
        (Severity::Warning, message)
    };
    Some(Concern { severity, ..about_path(host, &RULE, message, "write an absolute path") })
}
