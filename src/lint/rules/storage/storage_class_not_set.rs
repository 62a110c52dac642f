//! Claims that take whatever storage the cluster has by default.

use super::claims::{Claim, claims};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Claims without a storage class; one finding for all of them.
pub static RULE: Rule = Rule {
    id: "storage-class-not-set",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "claims without a storage class",
    docs: Docs {
        what: "A claim, or a template of claims, without `storageClassName` (and without the old annotation). One \
               finding speaks for all claims of the rendering.",
        why: "Such a claim gets the cluster's default class, whichever that is; where there is none, it stays Pending \
              and the pods with it.",
        fix: "Let the person who installs say it: `{{ with .Values.persistence.storageClass }}storageClassName: {{ . \
              }}{{ end }}`.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
",
    good: "\
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
    let claims = claims(cx);
    let without: Vec<_> = claims.iter().filter(|claim| !has_class(claim)).collect();
    let Some((first, others)) = without.split_first() else { return };
    let also = match others.len() {
        0 => String::new(),
        1 => " (nor has another claim)".to_owned(),
        count => format!(" (nor have {count} others)"),
    };
    let message = format!("{} has no storage class{also}: it gets the cluster's default, if there is one", first.title);
    let fix = "let a value say `storageClassName`, for clusters without a default".to_owned();
    report.leading(first.subject, vec![RULE.concern(&first.spec.get("storageClassName"), message, fix)]);
}

/// Whether a class is named, even as `""`: that is a decision, too. A volume that is named needs none.
fn has_class(claim: &Claim) -> bool {
    let old = claim.metadata.get("annotations").get("volume.beta.kubernetes.io/storage-class");
    [claim.spec.get("storageClassName"), claim.spec.get("volumeName"), old].iter().any(Field::is_present)
}
