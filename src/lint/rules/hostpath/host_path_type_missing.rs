//! A path whose type nobody checks.

use super::path::is_windows;
use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A path of the node without a type.
pub static RULE: Rule = Rule {
    id: "host-path-type-missing",
    group: Group::Hostpath,
    severity: Severity::Note,
    activation: Activation::On,
    title: "a hostPath without type",
    docs: Docs {
        what: "A hostPath whose `type` is missing or empty. Where the volume has graver faults, this is said beside \
               them.",
        why: "Without a type nothing is checked. Where the path is missing on a node, the runtime may make an empty \
              directory of root in its place, even where a file was meant.",
        fix: "Say what must be there: `Directory`, `File` or `Socket`.",
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
          hostPath: {path: /etc/localtime}
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
    if host.kind().is_some() || is_windows(&host.path()) {
        return None;
    }
    let message = format!(
        "{} has no type: where `{}` is missing on a node, an empty directory may be made in its place",
        host.title,
        host.path()
    );
    let concern = about_path(host, &RULE, message, "add the type that must be there: Directory, File or Socket");
    Some(Concern { path: host.field.get("type").path().clone(), ..concern })
}
