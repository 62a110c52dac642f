//! A volume of a driver that is gone.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume of a sort that Kubernetes no longer brings a driver for.
pub static RULE: Rule = Rule {
    id: "removed-volume-plugin",
    group: Group::DeprecatedApi,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "volume of a driver that is gone",
    docs: Docs {
        what: "A volume of a pod, or a PersistentVolume, of a sort whose driver is gone from Kubernetes, such as \
               `glusterfs` or `cephfs`. Where the requests are handed on to a CSI driver, as for \
               `awsElasticBlockStore`, it is only a note.",
        why: "The pods that mount it never start. Where a CSI driver takes over, that driver has to be installed.",
        fix: "Use a claim of a storage class of the CSI driver.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      volumes:
        - name: data
          glusterfs: {endpoints: glusterfs, path: data}
      containers:
        - name: web
          image: web:1.0
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        for volume in workload.pod.volumes() {
            report.leading(workload.subject, concern(&volume).into_iter().collect());
        }
    }
    for subject in cx.of_kind("", "PersistentVolume") {
        report.leading(subject, concern(&subject.object.spec()).into_iter().collect());
    }
}

/// The fault, if the volume has it.
fn concern(volume: &Field) -> Option<Concern> {
    let find = |kinds: &[&'static str]| kinds.iter().copied().find(|kind| volume.get(kind).is_present());
    let fix = || "use a claim of a storage class of the CSI driver".to_owned();
    if let Some(kind) = find(&GONE) {
        let message = format!("Kubernetes has no driver for `{kind}` any more: pods that mount it never start");
        return Some(RULE.concern(&volume.get(kind), message, fix()));
    }
    let kind = find(&HANDED_ON)?;
    let message = format!("`{kind}` is handed on to a CSI driver, which has to be installed");
    Some(Concern { severity: Severity::Note, ..RULE.concern(&volume.get(kind), message, fix()) })
}

const GONE: [&str; 8] =
    ["glusterfs", "rbd", "cephfs", "flocker", "quobyte", "photonPersistentDisk", "scaleIO", "storageos"];

const HANDED_ON: [&str; 7] = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cinder",
    "gcePersistentDisk",
    "portworxVolume",
    "vsphereVolume",
];
