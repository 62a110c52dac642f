//! A claim that no pods mount.

use super::volumes::is_made_by;
use crate::lint::cx::Cx;
use crate::lint::pods::{Pods, is_hook};
use crate::lint::references::Role;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A rendered claim which no rendered pods mount.
pub static RULE: Rule = Rule {
    id: "unused-claim",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "claim that nothing mounts",
    docs: Docs {
        what: "A PersistentVolumeClaim, no hook, that no rendered pods in its namespace mount, and no StatefulSet \
               takes for one of its own (`data-web-0`).",
        why: "Storage is made and paid for, and nothing uses it.",
        fix: "Mount it, or render it under the condition under which it is mounted.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
---
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
      containers:
        - name: web
          image: web:1.0
",
    good: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
---
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
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for claim in cx.of_kind("", "PersistentVolumeClaim").filter(|claim| !is_hook(*claim)) {
        let (name, namespace) = (claim.object.name(), cx.namespace(claim.object));
        let mut mounts = cx.references(Role::Claim);
        // Made beforehand under the name that a set would give it.
        let takes = |set: &Pods| set.namespace == namespace && is_made_by(set, &name);
        let is_used = mounts.any(|mount| mount.name == name && mount.namespace == namespace);
        if !is_used && !cx.pods().iter().any(takes) {
            let message = format!("no rendered pods mount the claim `{name}`: its storage is made and never used");
            let fix = "mount it, or render it only where it is mounted".to_owned();
            report.leading(claim, vec![RULE.concern(&claim.object.metadata().get("name"), message, fix)]);
        }
    }
}
