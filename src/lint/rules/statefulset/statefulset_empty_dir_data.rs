//! Data in a directory that goes with the pod.

use super::storage::{check, keeps_nothing};
use crate::kube::Field;
use crate::lint::cx::WorkloadSubject;
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` that keeps its data in an `emptyDir`.
pub static RULE: Rule = Rule {
    id: "statefulset-empty-dir-data",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "data in an `emptyDir`",
    docs: Docs {
        what: "A StatefulSet without lasting volumes that mounts an `emptyDir` at a path where programs keep their \
               data, such as `/data` or `/var/lib/mysql`.",
        why: "An `emptyDir` is erased when its pod is deleted or moves to another node, and the data with it.",
        fix: "Replace the volume by a `volumeClaimTemplates` entry of the same name. Where the chart has a switch for \
              that (`persistence.enabled`), switch it on.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          emptyDir: {}
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
          volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
",
    check,
};

/// The fault, if the set has it: one, however many such directories there are.
pub(super) fn concern(set: &WorkloadSubject) -> Option<Concern> {
    let containers = if keeps_nothing(set) { set.pod.containers() } else { Vec::new() };
    let mut mounts = containers.iter().flat_map(|container| container.get("volumeMounts").items());
    let (path, volume) = mounts.find_map(|mount| data(set, &mount))?;
    let name = volume.get("name").string().unwrap_or_default();
    let message = format!("what is written to `{path}` is gone with the pod: volume `{name}` is an emptyDir");
    let fix = format!("replace it by a claim: `volumeClaimTemplates` with the name `{name}`");
    Some(RULE.concern(&volume.get("emptyDir"), message, fix))
}

/// The path and the volume of a mount, where that is data in an `emptyDir` on the disk.
fn data(set: &WorkloadSubject, mount: &Field) -> Option<(String, Field)> {
    let path = mount.get("mountPath").string().filter(|path| looks_like_data(path))?;
    let name = mount.get("name").string().filter(|name| !is_scratch(name))?;
    let volume = set.pod.volume(&name)?;
    let directory = volume.get("emptyDir");
    (directory.is_present() && !directory.get("medium").is("Memory")).then_some((path, volume))
}

/// Whether a volume is called so that nobody would take what is in it for data.
fn is_scratch(name: &str) -> bool {
    ["cache", "empty", "scratch", "temp", "tmp"].iter().any(|word| name.contains(word))
}

/// Whether programs usually keep their data there.
fn looks_like_data(path: &str) -> bool {
    const BEGINNINGS: &[&str] = &["/data", "/var/lib/", "/bitnami", "/var/opt/", "/storage", "/mnt/", "/db"];
    path.trim_end_matches('/').ends_with("/data") || BEGINNINGS.iter().any(|beginning| path.starts_with(beginning))
}
