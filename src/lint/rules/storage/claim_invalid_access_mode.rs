//! A claim asks for a way of mounting that does not exist.

use super::claims::{Claim, claims};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::nearest::nearest;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An access mode of a claim that Kubernetes doesn't know, or that can't stand beside others.
pub static RULE: Rule = Rule {
    id: "claim-invalid-access-mode",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "claim with an access mode that does not exist",
    docs: Docs {
        what: "An entry in `spec.accessModes` of a claim that is none of `ReadWriteOnce`, `ReadOnlyMany`, \
               `ReadWriteMany` and `ReadWriteOncePod`; or `ReadWriteOncePod` together with another.",
        why: "The API server refuses the claim. Short forms such as `RWO` are what `kubectl` prints, not what it \
              takes.",
        fix: "Write the mode out. `ReadWriteOncePod` must stand alone.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [RWO]
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
        let modes = claim.spec.get("accessModes").items();
        for mode in &modes {
            let found = concern(&claim, mode, modes.len());
            report.leading(claim.subject, found.into_iter().collect());
        }
    }
}

const MODES: [(&str, &str); 4] =
    [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];

/// The fault, if the mode has it.
fn concern(claim: &Claim, mode: &Field, count: usize) -> Option<Concern> {
    let written = mode.string().unwrap_or_default();
    if MODES.iter().any(|(name, _)| *name == written) {
        let must_stand_alone = written == "ReadWriteOncePod" && count > 1;
        let message = format!("{} has other modes beside `ReadWriteOncePod`: the API server refuses it", claim.title);
        return must_stand_alone.then(|| RULE.concern(mode, message, "leave one mode only".to_owned()));
    }
    let short = MODES.iter().find(|(_, short)| *short == written).map(|(name, _)| *name);
    let meant = short.or_else(|| nearest(&written, MODES.iter().map(|(name, _)| *name))).unwrap_or_default();
    let message =
        format!("{} has the access mode `{written}`, which doesn't exist: the API server refuses it", claim.title);
    Some(RULE.concern(mode, message, format!("write `{meant}`")))
}
