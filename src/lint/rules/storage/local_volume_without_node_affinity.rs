//! A local volume does not say on which node it is.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `local` volume without `nodeAffinity`.
pub static RULE: Rule = Rule {
    id: "local-volume-without-node-affinity",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "local volume that names no node",
    docs: Docs {
        what: "A PersistentVolume with `spec.local` whose `spec.nodeAffinity.required` is missing.",
        why: "The directory is on one node, and the API server refuses a volume that doesn't say on which: `Local \
              volume requires node affinity`.",
        fix: "Name the node: `nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: \
              kubernetes.io/hostname, operator: In, values: [worker-1]}]}]}}`.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: local
  local: {path: /mnt/disk}
",
    good: "\
apiVersion: v1
kind: PersistentVolume
metadata:
  name: disk
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: local
  local: {path: /mnt/disk}
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [worker-1]}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("", "PersistentVolume") {
        let local = subject.object.at("spec.local");
        if local.is_present() && !subject.object.at("spec.nodeAffinity.required").is_present() {
            let message = format!(
                "PersistentVolume `{}` is a directory of one node and doesn't say of which: the API server refuses it",
                subject.object.name()
            );
            let fix = "name the node in `nodeAffinity.required`, by the label `kubernetes.io/hostname`".to_owned();
            report.leading(subject, vec![RULE.concern(&local, message, fix)]);
        }
    }
}
