//! Updates: pods of an old template are deleted, so that they are made again from the new one.

use super::super::super::Cluster;
use super::super::super::event::Because;
use super::replicas::delete;
use super::round::{Member, Round};
use crate::kube::Field;

/// From this version on `maxUnavailable` counts unless somebody switches it off.
const MAX_UNAVAILABLE_SINCE: u32 = 35;

const STRATEGY: &str = "spec.updateStrategy";
const PARTITION: &str = "spec.updateStrategy.rollingUpdate.partition";
const MAX_UNAVAILABLE: &str = "spec.updateStrategy.rollingUpdate.maxUnavailable";

/// Deletes the pods whose turn it is.
pub fn update(cluster: &mut Cluster, round: &Round) {
    if round.is_on_delete() {
        tell_the_rest(cluster, round, 0, "until it is deleted (OnDelete)", STRATEGY);
        return;
    }
    let has_waited = if cluster.settings.minor < MAX_UNAVAILABLE_SINCE {
        one_by_one(cluster, round)
    } else {
        several_at_once(cluster, round)
    };
    if !has_waited {
        let updated = round.replicas.len().saturating_sub(round.partition());
        tell_the_rest(cluster, round, updated, "because of the partition", PARTITION);
    }
}

/// From the highest ordinal down: an old pod is deleted, whatever its state; one that isn't well is waited for.
fn one_by_one(cluster: &mut Cluster, round: &Round) -> bool {
    tell_ignored(cluster, round);
    for member in round.replicas.iter().skip(round.partition()).rev() {
        // One that was made in this round isn't well yet.
        let Some(member) = member else { return true };
        if is_old(round, member) && !member.is_terminating {
            replace(cluster, round, member);
            return true;
        }
        if member.is_unavailable() {
            tell_wait(cluster, round, member);
            return true;
        }
    }
    false
}

/// As many old pods are deleted as may be unavailable and aren't yet. Pods that aren't well count against those,
/// even old ones: so an old pod that never gets well stays (k8s#137409).
fn several_at_once(cluster: &mut Cluster, round: &Round) -> bool {
    let field = round.set.spec.at(MAX_UNAVAILABLE);
    let allowed = if field.is_present() { scaled(&field, round.replicas.len()).max(1) } else { 1 };
    let unavailable: Vec<&Member> = round.replicas.iter().flatten().filter(|member| member.is_unavailable()).collect();
    let due = round.replicas.iter().skip(round.partition()).rev().flatten();
    let due: Vec<&Member> = due.filter(|member| is_old(round, member) && !member.is_terminating).collect();
    // Those that were made in this round aren't well yet.
    let made = round.replicas.iter().filter(|member| member.is_none()).count();
    let left = allowed.saturating_sub(unavailable.len() + made);
    if let (0, Some(next), Some(first)) = (left, due.first(), unavailable.first()) {
        let sentence = format!(
            "the update of {} waits: {} {}, and no more than {allowed} may be unavailable",
            next.name(),
            first.name(),
            first.trouble()
        );
        let because = Some(round.set.spec.because(MAX_UNAVAILABLE));
        cluster.tell_wait(round.set.meta.reference(), sentence, because, None);
        return true;
    }
    for member in due.iter().take(left) {
        replace(cluster, round, member);
    }
    !due.is_empty()
}

fn is_old(round: &Round, member: &Member) -> bool {
    member.revision != round.set.status.update_revision
}

/// Tells that a field doesn't count yet.
fn tell_ignored(cluster: &mut Cluster, round: &Round) {
    let field = round.set.spec.at(MAX_UNAVAILABLE);
    if field.is_present() && round.replicas.iter().flatten().any(|member| is_old(round, member)) {
        let minor = cluster.settings.minor;
        let sentence = format!("maxUnavailable is ignored: in Kubernetes 1.{minor} one has to switch it on first");
        let because = Some(round.set.spec.because_of(&field));
        cluster.tell_once(round.set.meta.reference(), sentence, because);
    }
}

/// A number, or a percentage of the replicas, rounded down.
fn scaled(field: &Field, replicas: usize) -> usize {
    let number = |number: i64| usize::try_from(number).unwrap_or(0);
    if let Some(written) = field.string() {
        let percent = written.strip_suffix('%').and_then(|percent| percent.parse().ok()).map_or(0, number);
        return percent.saturating_mul(replicas) / 100;
    }
    field.integer().map_or(1, number)
}

fn replace(cluster: &mut Cluster, round: &Round, member: &Member) {
    let sentence =
        format!("{} is deleted, to be made again: of the old template it has the highest ordinal", member.name());
    let because: Because = round.set.spec.because(STRATEGY);
    delete(cluster, round, member, sentence, because);
}

fn tell_wait(cluster: &mut Cluster, round: &Round, member: &Member) {
    let mut below = round.replicas.iter().skip(round.partition()).flatten();
    let Some(next) = below.rfind(|other| is_old(round, other) && other.ordinal < member.ordinal) else { return };
    let sentence = format!("the update of {} waits: {} {}", next.name(), member.name(), member.trouble());
    let because = Some(round.set.spec.because(STRATEGY));
    cluster.tell_wait(round.set.meta.reference(), sentence, because, None);
}

/// Tells which pods keep the old template for good.
fn tell_the_rest(cluster: &mut Cluster, round: &Round, updated: usize, why: &str, place: &str) {
    let kept = round.replicas.len().saturating_sub(updated);
    let old: Vec<&str> = round
        .replicas
        .iter()
        .take(kept)
        .flatten()
        .filter(|member| is_old(round, member) && !member.is_terminating)
        .map(Member::name)
        .collect();
    if !old.is_empty() {
        let stay = if old.len() == 1 { "stays as it is" } else { "stay as they are" };
        let sentence = format!("{} of the old template {stay} {why}", old.join(", "));
        cluster.tell_wait(round.set.meta.reference(), sentence, Some(round.set.spec.because(place)), None);
    }
}
