//! A type that the path can't be of.

use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path of the node whose type contradicts it.
pub static RULE: Rule = Rule {
    id: "host-path-type-conflict",
    group: Group::Hostpath,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "the type of a hostPath contradicts its path",
    docs: Docs {
        what: "A hostPath of type `File`, `FileOrCreate`, `Socket`, `CharDevice` or `BlockDevice` whose path ends in \
               `/`, or of type `Directory` whose path ends in `.sock`, `.conf` or `.crt`.",
        why: "The kubelet checks the type before it starts the pod, and with a wrong one the pod never starts.",
        fix: "Correct the type or the path.",
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
          hostPath: {path: /srv/agent/agent.conf, type: Directory}
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
          hostPath: {path: /srv/agent/agent.conf, type: File}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath) -> Option<Concern> {
    let (path, kind) = (host.path(), host.kind()?);
    let looks_like = match kind.as_str() {
        "File" | "FileOrCreate" | "Socket" | "CharDevice" | "BlockDevice" if path.ends_with('/') => "a directory",
        "Directory" | "DirectoryOrCreate" if is_file_name(&path) => "a file",
        _ => return None,
    };
    let message = format!(
        "{} is of type `{kind}`, but `{path}` looks like {looks_like}: where the type is wrong the pod never starts",
        host.title
    );
    let concern = about_path(host, &RULE, message, "correct the type or the path");
    Some(Concern { path: host.field.get("type").path().clone(), ..concern })
}

fn is_file_name(path: &str) -> bool {
    [".sock", ".conf", ".crt"].iter().any(|end| path.ends_with(end))
}
