//! A claim that refuses to have storage made for it.

use super::claims::claims;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim with an empty storage class.
pub static RULE: Rule = Rule {
    id: "storage-class-empty",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "claim with an empty storage class",
    docs: Docs {
        what: "A claim, or a template of claims, with `storageClassName: \"\"` that names no volume by `volumeName` or \
               `selector`, in a rendering without a PersistentVolume of no class.",
        why: "An empty text isn't the default class: it switches off that storage is made, and the claim waits for a \
              volume without a class that somebody has made by hand.",
        fix: "Leave the key out to get the default class: `{{ with .Values.persistence.storageClass \
              }}storageClassName: {{ . }}{{ end }}`.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteMany]
  storageClassName: \"\"
  resources: {requests: {storage: 1Gi}}
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let has_class = |class: Field| class.is_present() && !class.is("");
    let mut volumes = cx.of_kind("", "PersistentVolume").map(|volume| volume.object.at("spec.storageClassName"));
    if volumes.any(|class| !has_class(class)) {
        return;
    }
    for claim in claims(cx) {
        let class = claim.spec.get("storageClassName");
        let names_volume = ["volumeName", "selector"].iter().any(|key| claim.spec.get(key).is_present());
        if class.is("") && !names_volume {
            let message = format!("{} has an empty storage class: no storage is made for it", claim.title);
            let fix = "leave `storageClassName` out to get the default class".to_owned();
            report.leading(claim.subject, vec![RULE.concern(&class, message, fix)]);
        }
    }
}
