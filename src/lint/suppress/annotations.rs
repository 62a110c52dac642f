//! Annotations of other linters that say what to ignore of an object.
//!
//! kube-linter reads `ignore-check.kube-linter.io/CHECK` and `kube-linter.io/ignore-all`; kube-score reads
//! `kube-score/ignore: CHECK,CHECK` at the object and at its pods; Polaris reads `polaris.fairwinds.com/CHECK-exempt`
//! and `polaris.fairwinds.com/exempt`, where they say `true`. A check that no rule of ours looks for is theirs alone.

use super::Which;
use super::peers::Peer;
use crate::kube::{Field, Object, Path, Workload};

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreAnnotation {
    /// The rules it switches off for its object.
    pub rules: Which,
    /// The annotation and, where it names several checks, the check.
    pub written: String,
    /// Why.
    pub reason: String,
    /// The annotation's path in the object.
    pub path: Path,
}

/// Reads those of an object.
pub fn annotations(object: &Object) -> Vec<IgnoreAnnotation> {
    let own = object.metadata().get("annotations");
    let mut found: Vec<_> = own.entries().iter().flat_map(|(key, value)| read(key, value)).collect();
    if let Some(workload) = Workload::of(object) {
        let pods = workload.template().at("metadata.annotations");
        if pods.path() != own.path() {
            found.extend(kube_score(&pods.get(KUBE_SCORE)));
        }
    }
    found
}

const KUBE_SCORE: &str = "kube-score/ignore";

fn read(key: &str, value: &Field) -> Vec<IgnoreAnnotation> {
    if key == KUBE_SCORE {
        return kube_score(value);
    }
    let text = value.string().unwrap_or_default();
    let is_exempt = text.eq_ignore_ascii_case("true");
    let polaris = key.strip_prefix("polaris.fairwinds.com/").filter(|_| is_exempt);
    let (rules, reason) = if key == "kube-linter.io/ignore-all" {
        (Which::All, text)
    } else if let Some(check) = key.strip_prefix("ignore-check.kube-linter.io/") {
        (Which::of_peer(Peer::KubeLinter, check), text)
    } else if polaris == Some("exempt") {
        (Which::All, String::new())
    } else if let Some(check) = polaris.and_then(|rest| rest.strip_suffix("-exempt")) {
        (Which::of_peer(Peer::Polaris, check), String::new())
    } else {
        return Vec::new();
    };
    vec![IgnoreAnnotation { rules, written: key.to_owned(), reason, path: value.path().clone() }]
}

/// A check that the ignoring of another one covers.
const IMPLIED: (&str, &str) = ("container-resources", "container-ephemeral-storage-request-and-limit");

fn kube_score(value: &Field) -> Vec<IgnoreAnnotation> {
    let text = value.string().unwrap_or_default();
    let checks = text.split(',').map(str::trim).filter(|check| !check.is_empty());
    let annotation = |check: &str| {
        let mut rules = Which::of_peer(Peer::KubeScore, check);
        if check == IMPLIED.0 {
            rules.extend(Which::of_peer(Peer::KubeScore, IMPLIED.1));
        }
        let written = format!("{KUBE_SCORE}: {check}");
        IgnoreAnnotation { rules, written, reason: String::new(), path: value.path().clone() }
    };
    checks.map(annotation).collect()
}
