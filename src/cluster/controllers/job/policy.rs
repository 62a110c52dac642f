//! What the end of pods means for their Job: `podFailurePolicy` and `successPolicy`.
//!
//! Follows `pod_failure_policy.go` and `success_policy.go` of `pkg/controller/job`.

use std::collections::BTreeSet;

use super::super::super::objects::{Job, Pod, State};
use crate::kube::{ContainerRole, Field};

/// What a pod that has ended badly means for its Job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It counts towards `backoffLimit`.
    Counts,
    /// It doesn't.
    Ignored,
    /// Its index isn't tried again.
    FailsIndex,
    /// The Job isn't tried again, in Kubernetes' words.
    FailsJob(String),
}

/// Whether a pod was asked to stop by the cluster, rather than ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// It ended by itself.
    Own,
    /// It had to go: Kubernetes writes `DisruptionTarget` on it.
    Disruption,
}

/// The verdict of the first rule that is about the pod.
pub(super) fn verdict(job: &Job, pod: &Pod, cause: Cause) -> Verdict {
    for (at, rule) in job.field("podFailurePolicy").get("rules").items().iter().enumerate() {
        let action = rule.get("action").string().unwrap_or_default();
        let message = if rule.get("onExitCodes").is_present() {
            matching(pod, &rule.get("onExitCodes")).map(|(container, code)| {
                let about = format!("Container {container} for pod {} failed with exit code {code}", pod.meta.key);
                format!("{about} matching {action} rule at index {at}")
            })
        } else {
            let is_meant = cause == Cause::Disruption && names_disruption(&rule.get("onPodConditions"));
            is_meant.then(|| {
                format!("Pod {} has condition DisruptionTarget matching {action} rule at index {at}", pod.meta.key)
            })
        };
        let Some(message) = message else { continue };
        match action.as_str() {
            "Ignore" => return Verdict::Ignored,
            "FailJob" => return Verdict::FailsJob(message),
            "FailIndex" => return Verdict::FailsIndex,
            "Count" => return Verdict::Counts,
            _ => {}
        }
    }
    Verdict::Counts
}

/// The first container whose status a rule names, main ones first.
fn matching(pod: &Pod, rule: &Field) -> Option<(String, i32)> {
    let values: Vec<i64> = rule.get("values").items().iter().filter_map(Field::integer).collect();
    let (only, is_not_in) = (rule.get("containerName").string(), rule.get("operator").is("NotIn"));
    let is_main = |role: ContainerRole| role == ContainerRole::Main;
    let (main, init): (Vec<_>, Vec<_>) = pod.containers.iter().partition(|status| is_main(status.container.role()));
    main.into_iter().chain(init).find_map(|status| {
        let State::Terminated(code) = status.state else { return None };
        let name = status.container.name();
        let is_named = values.contains(&i64::from(code)) != is_not_in;
        (code != 0 && is_named && only.as_ref().is_none_or(|only| *only == name)).then_some((name, code))
    })
}

fn names_disruption(patterns: &Field) -> bool {
    patterns.items().iter().any(|pattern| {
        let is_true = pattern.get("status").string().is_none_or(|status| status == "True");
        pattern.get("type").is("DisruptionTarget") && is_true
    })
}

/// Whether the first rule about pods that had to go says that they don't count.
pub(super) fn ignores_disruptions(policy: &Field) -> bool {
    let rules = policy.get("rules").items();
    let first = rules.iter().find(|rule| names_disruption(&rule.get("onPodConditions")));
    first.is_some_and(|rule| rule.get("action").is("Ignore"))
}

/// The rule by which enough indexes have succeeded, if one says so, in Kubernetes' words.
pub(super) fn success(job: &Job, completions: usize) -> Option<String> {
    let done: BTreeSet<usize> =
        job.indexes.iter().filter(|(_, record)| record.has_succeeded).map(|(index, _)| *index).collect();
    let rules = job.field("successPolicy").get("rules").items();
    let at = rules.iter().position(|rule| {
        let count = rule.get("succeededCount").integer().and_then(|count| usize::try_from(count).ok());
        let wanted = rule.get("succeededIndexes").string().map(|written| indexes(&written, completions));
        match wanted {
            Some(wanted) if wanted.is_empty() => false,
            Some(wanted) => {
                let met = wanted.intersection(&done).count();
                met == wanted.len() || count.is_some_and(|count| met >= count)
            }
            None => count.is_some_and(|count| !done.is_empty() && done.len() >= count),
        }
    })?;
    Some(format!("Matched rules at index {at}"))
}

/// The indexes of a list such as `0,2-4`, below a number.
fn indexes(written: &str, below: usize) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for part in written.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (Ok(first), Ok(last)) = (first.trim().parse::<usize>(), last.trim().parse::<usize>()) else { continue };
        all.extend(first..=last.min(below.saturating_sub(1)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_indexes_are_read() {
        let read = |written: &str| indexes(written, 5).into_iter().collect::<Vec<_>>();
        assert_eq!(read("0,2-3"), [0, 2, 3]);
        assert_eq!(read("3-9"), [3, 4]);
        assert!(read("a,-").is_empty());
    }
}
