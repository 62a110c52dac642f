//! A part of a path of the node.

use super::volume::Mount;
use super::{HostPath, about_path};
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A mount of a part of a path of the node.
pub static RULE: Rule = Rule {
    id: "host-path-subpath",
    group: Group::Hostpath,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "subPath on a hostPath volume",
    docs: Docs {
        what: "A container that mounts a hostPath volume with `subPath` or `subPathExpr`. Where the volume has graver \
               faults, this is said beside them.",
        why: "The way from the path to its part has been a way out of the container more than once (CVE-2017-1002101, \
              CVE-2021-25741): who may write in the directory can put a link in its place.",
        fix: "Make the part the path of the volume.",
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
          volumeMounts: [{name: host, mountPath: /host, readOnly: true, subPath: Europe}]
      volumes:
        - name: host
          hostPath: {path: /usr/share/zoneinfo, type: Directory}
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
          hostPath: {path: /usr/share/zoneinfo/Europe, type: Directory}
",
    check: super::check,
};

/// The fault, if the volume has it.
pub(super) fn concern(host: &HostPath, mounts: &[Mount]) -> Option<Concern> {
    let part = |mount: &Mount| {
        let keys = ["subPath", "subPathExpr"].into_iter();
        keys.map(|key| mount.field.get(key)).find(|part| part.is_present() && !part.is(""))
    };
    let (mount, part) = mounts.iter().find_map(|mount| Some((mount, part(mount)?)))?;
    let message = format!(
        "container `{}` mounts a part of {}: a link in its place has been a way out of the container before",
        mount.container, host.title
    );
    let concern = about_path(host, &RULE, message, "make the part the path of the volume");
    Some(Concern { path: part.path().clone(), ..concern })
}
