//! A claim goes with the release, and its data with it.

use crate::lint::cx::Cx;
use crate::lint::pods::is_hook;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim which `helm uninstall` deletes.
pub static RULE: Rule = Rule {
    id: "claim-deleted-on-uninstall",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "claim that goes with the release",
    docs: Docs {
        what: "A PersistentVolumeClaim, no hook, without the annotation `helm.sh/resource-policy: keep`. The claims \
               that a StatefulSet makes stay anyway.",
        why: "`helm uninstall` deletes the claim, and most storage classes delete the data with it.",
        fix: "Add the annotation `helm.sh/resource-policy: keep` where the data is worth it.",
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
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
",
    good: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  annotations: {helm.sh/resource-policy: keep}
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
        let policy = claim.object.metadata().get("annotations").get("helm.sh/resource-policy");
        if !policy.is("keep") {
            let message = format!("`helm uninstall` deletes the claim `{}`, and usually its data", claim.object.name());
            let fix = "add the annotation `helm.sh/resource-policy: keep`".to_owned();
            report.leading(claim, vec![RULE.concern(&policy, message, fix)]);
        }
    }
}
