//! Selectors of labels, in words, and whom they select.

use crate::kube::{Operator, Requirement, Selector, Workload, WorkloadKind};
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;

/// A condition as a sentence quotes it: `app: web`.
pub(super) fn written(requirement: &Requirement) -> String {
    let Requirement { key, operator, values } = requirement;
    match (operator, values.as_slice()) {
        (Operator::In, [one]) => format!("{key}: {one}"),
        (Operator::In, many) => format!("{key} in ({})", many.join(", ")),
        (Operator::NotIn, many) => format!("{key} not in ({})", many.join(", ")),
        (Operator::Exists, _) => key.clone(),
        (Operator::DoesNotExist, _) => format!("no {key}"),
    }
}

/// Whether rendered pods of a namespace satisfy a selector.
pub(super) fn is_satisfied(cx: &Cx, selector: &Selector, namespace: &str) -> bool {
    cx.pods().iter().any(|pods| pods.namespace == namespace && pods.satisfy(selector))
}

/// The selector by which a controller knows its pods. Jobs are left out: theirs is generated.
pub(super) fn own_selector(pods: &Pods) -> Option<Selector> {
    let object = pods.subject.object;
    let kind = pods.kind.filter(|&kind| kind != WorkloadKind::Job)?;
    Workload { object, kind }.selector()
}
