//! Sets of pods and Jobs: what of them stays what it is.

use super::dump::{Json, selector as dumped};
use super::{Fault, IMMUTABLE, is_equal};
use crate::kube::{Field, Object, Selector};

/// From this version on `revisionHistoryLimit` may be changed.
const HISTORY_LIMIT_SINCE: u32 = 34;

/// A selector that doesn't select the pods of the template beside it.
pub(super) fn mismatch(object: &Object, minor: u32) -> Option<Fault> {
    let is_set = object.gvk().group == "apps";
    let (selector, labels) = (object.at("spec.selector"), object.at("spec.template.metadata.labels"));
    if !is_set || !selector.is_present() || Selector::from_field(&selector).matches_field(&labels) {
        return None;
    }
    let detail = "`selector` does not match template `labels`";
    let written = Json::of(&labels).strings(minor);
    Some(Fault::invalid("spec.template.metadata.labels", &written, detail))
}

/// The selector of a Deployment, a `ReplicaSet` or a `DaemonSet`.
pub(super) fn selector(old: &Object, new: &Object, minor: u32) -> Option<Fault> {
    let (before, after) = (old.at("spec.selector"), new.at("spec.selector"));
    (!is_equal(&before, &after)).then(|| Fault::invalid("spec.selector", &dumped(&after, minor), IMMUTABLE))
}

/// What of a Job stays.
pub(super) fn job(old: &Object, new: &Object) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, default) in [
        ("spec.completions", None),
        ("spec.completionMode", Some("NonIndexed")),
        ("spec.backoffLimitPerIndex", None),
        ("spec.managedBy", None),
    ] {
        let (before, after) = (old.at(path), new.at(path));
        let said = |field: &Field| {
            let number = field.integer().map(|number| number.to_string());
            field.string().or(number).or_else(|| default.map(str::to_owned))
        };
        let is_elastic = path == "spec.completions" && is_elastic(old, new);
        if said(&before) != said(&after) && !is_elastic {
            faults.push(Fault::invalid(path, &Json::of(&after).scalar(default), IMMUTABLE));
        }
    }
    for path in ["spec.podFailurePolicy", "spec.successPolicy", "spec.template"] {
        if !is_equal(&old.at(path), &new.at(path)) {
            let written = if new.at(path).is_present() { "…" } else { "null" };
            faults.push(Fault::invalid(path, written, IMMUTABLE));
        }
    }
    faults
}

/// Whether a Job with indexes changes its completions along with its parallelism.
fn is_elastic(old: &Object, new: &Object) -> bool {
    let number = |object: &Object, path: &str| object.at(path).integer();
    let is_even = |object: &Object| number(object, "spec.completions") == number(object, "spec.parallelism");
    new.at("spec.completionMode").is("Indexed")
        && number(new, "spec.completions").is_some()
        && is_even(new)
        && number(old, "spec.completions").is_some()
}

/// The fields of two maps that differ.
fn differing(old: &Field, new: &Field) -> Vec<String> {
    let mut keys: Vec<String> = old.entries().into_iter().map(|(key, _)| key.to_string()).collect();
    keys.extend(new.entries().into_iter().map(|(key, _)| key.to_string()));
    keys.sort();
    keys.dedup();
    keys.retain(|key| !is_equal(&old.get(key), &new.get(key)) && !is_default(key, &old.get(key), &new.get(key)));
    keys
}

/// Whether a field says in one place what it says in the other by being absent.
fn is_default(key: &str, old: &Field, new: &Field) -> bool {
    let says = |field: &Field, default: &str| field.string().unwrap_or_else(|| default.to_owned());
    match key {
        "podManagementPolicy" => says(old, "OrderedReady") == says(new, "OrderedReady"),
        "serviceName" => says(old, "") == says(new, ""),
        "revisionHistoryLimit" => old.integer().unwrap_or(10) == new.integer().unwrap_or(10),
        _ => false,
    }
}

/// What of a `StatefulSet`'s `spec` may not be changed.
pub(super) fn forbidden(old: &Field, new: &Field, minor: u32) -> Option<Fault> {
    let since: [(&str, u32); 7] = [
        ("replicas", 0),
        ("ordinals", 27),
        ("template", 0),
        ("updateStrategy", 0),
        ("revisionHistoryLimit", HISTORY_LIMIT_SINCE),
        ("persistentVolumeClaimRetentionPolicy", 23),
        ("minReadySeconds", 22),
    ];
    let allowed: Vec<&str> = since.iter().filter(|(_, since)| minor >= *since).map(|(field, _)| *field).collect();
    let mut wrong = differing(old, new);
    wrong.retain(|field| !allowed.contains(&field.as_str()));
    let (last, before) = allowed.split_last().filter(|_| !wrong.is_empty())?;
    let listed: Vec<String> = before.iter().map(|field| format!("'{field}'")).collect();
    let (listed, wrong) = (listed.join(", "), wrong.iter().map(|field| format!("spec.{field}")).collect());
    let detail = format!("updates to statefulset spec for fields other than {listed} and '{last}' are forbidden");
    Some(Fault::forbidden("spec", &detail).because_of(wrong))
}
