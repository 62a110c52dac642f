//! A claim does not say how much it needs.

use super::claims::claims;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim without a request for storage.
pub static RULE: Rule = Rule {
    id: "claim-missing-storage-request",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "claim without a size",
    docs: Docs {
        what: "A PersistentVolumeClaim, or a template of claims, whose `spec.resources.requests.storage` is missing or \
               empty.",
        why: "The API server refuses the claim: `resources[storage]: Required value`. A StatefulSet is accepted, but \
              no pod of it ever starts.",
        fix: "Say how much is needed: `resources: {requests: {storage: 1Gi}}`.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
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
        let size = claim.spec.at("resources.requests.storage");
        if !size.is_present() || size.is("") {
            let message = format!("{} doesn't say how much storage it needs: the API server refuses it", claim.title);
            let fix = "add `resources: {requests: {storage: 1Gi}}`, with the size that is needed".to_owned();
            report.leading(claim.subject, vec![RULE.concern(&size, message, fix)]);
        }
    }
}
