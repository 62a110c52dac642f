//! A claim does not say how it is mounted.

use super::claims::claims;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim without `accessModes`.
pub static RULE: Rule = Rule {
    id: "claim-missing-access-modes",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "claim without access modes",
    docs: Docs {
        what: "A PersistentVolumeClaim, or a template of claims in a StatefulSet or an ephemeral volume, whose \
               `spec.accessModes` is missing or empty.",
        why: "The API server refuses the claim: `at least 1 access mode is required`. A StatefulSet is accepted, but \
              no pod of it ever starts.",
        fix: "Write `accessModes: [ReadWriteOnce]` for storage that one node uses at a time.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  storageClassName: fast
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
    for claim in claims(cx) {
        let modes = claim.spec.get("accessModes");
        if modes.items().is_empty() {
            let message = format!("{} has no access modes: the API server refuses it", claim.title);
            let concern = RULE.concern(&modes, message, "add `accessModes: [ReadWriteOnce]`".to_owned());
            report.leading(claim.subject, vec![concern]);
        }
    }
}
