//! Pods mount a claim that is not rendered.

use super::volumes::is_made_by;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::references::dangling;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim that must be in the cluster before.
pub static RULE: Rule = Rule {
    id: "dangling-claim",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "claim that is not rendered",
    docs: Docs {
        what: "A volume whose `persistentVolumeClaim.claimName` names no claim that is rendered in the same namespace, \
               nor one that a rendered StatefulSet makes (`data-web-0`).",
        why: "Where the claim isn't in the cluster already, the pods stay Pending.",
        fix: "Render the claim, or say in the values that an existing one is expected.",
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
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: dta}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy: {type: Recreate}
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
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::Claim, |reference| concern(cx, reference));
}

/// The fault, unless a `StatefulSet` makes the claim.
fn concern(cx: &Cx, reference: &Reference) -> Option<Concern> {
    if cx.pods().iter().any(|set| set.namespace == reference.namespace && is_made_by(set, &reference.name)) {
        return None;
    }
    let name = &reference.name;
    let message = format!(
        "{} mounts the claim `{name}`, which isn't rendered: unless it exists already, the pods stay Pending",
        title(reference.subject)
    );
    Some(RULE.concern(
        &reference.field,
        message,
        dangling::advice(cx, reference, "render it, or let it be made before"),
    ))
}
