//! A `PersistentVolume` that is a directory of the node.

use super::{Access, HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `PersistentVolume` with a `hostPath`.
pub static RULE: Rule = Rule {
    id: "host-path-persistent-volume",
    group: Group::Hostpath,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "a PersistentVolume is a directory of the node",
    docs: Docs {
        what: "A PersistentVolume with `spec.hostPath`.",
        why: "Kubernetes offers this for trying things out on a single node. On several nodes the claim is bound once, \
              and its pod finds the directory of whichever node it runs on: data seems lost after a move. It also gives \
              the pod a part of the node's own disk.",
        fix: "Use a `local` volume with `nodeAffinity`, so that the pod follows its data, or the driver of a storage \
              system.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  hostPath: {path: /srv/data, type: Directory}
",
    good: "\
apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  local: {path: /srv/data}
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [worker-1]}]
",
    check: super::check,
};

/// The fault, which every such volume has.
pub(super) fn concern(host: &HostPath) -> Concern {
    let disk = if host.access == Access::Write {
        "its pods write to the node's own disk"
    } else {
        "its pods see the node's own disk"
    };
    let message = format!(
        "{} is `{}` of whichever node its pod runs on: {disk}, and on another node they find other data",
        host.title,
        host.path()
    );
    about_path(host, &RULE, message, "use a `local` volume with nodeAffinity, or the driver of a storage system")
}
