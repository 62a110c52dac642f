//! As many pods as there should be: the missing ones are made, those above the number are taken away.

use super::super::super::Cluster;
use super::super::super::event::{Because, Record};
use super::super::super::objects::Revision;
use super::super::super::pods::NewPod;
use super::identity;
use super::round::{Health, Member, Round};

const POLICY: &str = "spec.podManagementPolicy";

/// Makes the pods that are missing. `false` where the rest has to wait.
pub fn bring_up(cluster: &mut Cluster, round: &Round) -> bool {
    for (slot, member) in round.replicas.iter().enumerate() {
        let goes_on = match member {
            Some(member) => is_no_obstacle(cluster, round, slot, member),
            None => make(cluster, round, slot) && !round.is_ordered,
        };
        if !goes_on {
            return false;
        }
    }
    true
}

/// Whether what comes behind a pod need not wait for it.
fn is_no_obstacle(cluster: &mut Cluster, round: &Round, slot: usize, member: &Member) -> bool {
    if member.health == Health::Ended {
        if !member.is_terminating {
            let sentence = format!("{} is deleted, to be made again: it has ended", member.name());
            delete(cluster, round, member, sentence, round.set.spec.because("spec.template"));
        }
        return !round.is_ordered;
    }
    if member.health == Health::Pending && !member.is_terminating {
        // Claims that were deleted under a pod's hands are made again.
        identity::make_claims(cluster, &round.set, member.name());
    }
    if !round.is_ordered || !member.is_unavailable() {
        return true;
    }
    if let Some(waiting) = who_waits(round, slot) {
        let sentence = format!("{waiting} waits: {} {} (OrderedReady)", member.name(), member.trouble());
        let place =
            if member.health == Health::Ready && !member.is_terminating { "spec.minReadySeconds" } else { POLICY };
        cluster.tell_wait(round.set.meta.reference(), sentence, Some(round.set.spec.because(place)), None);
    }
    false
}

/// What waits behind a slot.
fn who_waits(round: &Round, slot: usize) -> Option<String> {
    let missing = (slot + 1..round.replicas.len()).find(|&slot| matches!(round.replicas.get(slot), Some(None)));
    let old = || {
        let is_old = |member: &&Member| !member.is_terminating && member.revision != round.set.status.update_revision;
        round.replicas.iter().flatten().rfind(is_old)
    };
    if let Some(slot) = missing {
        Some(round.name(slot))
    } else if let Some(condemned) = round.condemned.iter().find(|member| !member.is_terminating) {
        Some(format!("the removal of {}", condemned.name()))
    } else if !round.is_on_delete() && old().is_some_and(|old| old.ordinal >= round.start + round.partition()) {
        old().map(|old| format!("the update of {}", old.name()))
    } else {
        None
    }
}

/// Makes the pod of a slot. `false` where that has to wait.
fn make(cluster: &mut Cluster, round: &Round, slot: usize) -> bool {
    let name = round.name(slot);
    let about = round.set.meta.reference();
    let key = round.set.meta.key.beside(&name);
    let replicas = Some(round.set.spec.because("spec.replicas"));
    if cluster.store.pods.contains_key(&key) {
        let message = format!(
            "create Pod {name} in StatefulSet {} failed error: pods \"{name}\" already exists",
            round.set.meta.key.name
        );
        let sentence = format!("{name} can't be made: there is a pod of that name that isn't the set's");
        cluster.tell_wait(about, sentence, replicas, Some(Record::warning("FailedCreate", message)));
        return false;
    }
    if !cluster.has_room() {
        let sentence = format!("{name} isn't made: no more than {} pods are simulated", super::super::super::MAX_PODS);
        cluster.tell_wait(about, sentence, replicas, None);
        return false;
    }
    if !identity::make_claims(cluster, &round.set, &name) {
        cluster.tell_wait(about, format!("{name} waits: a claim of that name is still being deleted"), None, None);
        return false;
    }
    let Some(revision) = revision(round, slot).cloned() else { return false };
    cluster.add_pod(NewPod {
        labels: identity::pod_labels(&name, round.start + slot, &revision.name),
        owner: Some(round.set.meta.as_owner()),
        claims: identity::claims(&round.set, &name),
        template: revision.template.clone(),
        key: key.clone(),
    });
    let Some(about) = cluster.store.pods.get(&key).map(|pod| pod.meta.reference()) else { return false };
    let (sentence, because) = reason(round, slot, &revision);
    let message = format!("create Pod {name} in StatefulSet {} successful", round.set.meta.key.name);
    let record = Record::normal("SuccessfulCreate", message).of(round.set.meta.reference());
    cluster.tell(about, sentence, Some(because), Some(record));
    true
}

/// The template for a new pod: below the partition that of before.
fn revision(round: &Round, slot: usize) -> Option<&Revision> {
    let status = &round.set.status;
    let is_below = !round.is_on_delete() && slot < round.partition();
    let name = if is_below { &status.current_revision } else { &status.update_revision };
    round.set.revisions.iter().find(|revision| revision.name == *name).or(round.set.revisions.last())
}

fn reason(round: &Round, slot: usize, revision: &Revision) -> (String, Because) {
    let name = round.name(slot);
    let template = match (round.set.revisions.len(), revision.name == round.set.status.update_revision) {
        (0 | 1, _) => "",
        (_, true) => " from the new template",
        (_, false) => " from the template of before",
    };
    let why = if !round.is_ordered {
        "Parallel waits for no other pod".to_owned()
    } else if slot == 0 {
        format!("it is the first of {} (OrderedReady)", round.replicas.len())
    } else {
        format!("{} is Running and Ready (OrderedReady)", round.name(slot - 1))
    };
    (format!("{name} is made{template}: {why}"), round.set.spec.because(POLICY))
}

/// Takes away the pods above the number of replicas. `false` where the rest has to wait.
pub fn bring_down(cluster: &mut Cluster, round: &Round) -> bool {
    let first_unavailable = first_unavailable(round);
    for member in &round.condemned {
        if member.is_terminating {
            if round.is_ordered {
                return false;
            }
            continue;
        }
        let is_excused = first_unavailable.is_some_and(|first| first.key == member.key);
        if round.is_ordered && member.health < Health::Available && !is_excused {
            let trouble = first_unavailable.map(|first| format!("{} {}", first.name(), first.trouble()));
            let sentence =
                format!("the removal of {} waits: {} (OrderedReady)", member.name(), trouble.unwrap_or_default());
            let because = Some(round.set.spec.because(POLICY));
            cluster.tell_wait(round.set.meta.reference(), sentence, because, None);
            return false;
        }
        let sentence = format!(
            "{} is deleted: {} is to have {}, and the highest ordinal goes first",
            member.name(),
            round.set.meta.key.name,
            round.replicas.len()
        );
        delete(cluster, round, member, sentence, round.set.spec.because("spec.replicas"));
        if round.is_ordered {
            return false;
        }
    }
    true
}

/// Of the pods that can't be counted on, the first: replicas before those above, the lowest ordinal first.
fn first_unavailable(round: &Round) -> Option<&Member> {
    let replicas = round.replicas.iter().flatten();
    replicas.chain(round.condemned.iter().rev()).find(|member| member.is_unavailable())
}

/// Deletes a pod of the set.
pub fn delete(cluster: &mut Cluster, round: &Round, member: &Member, sentence: String, because: Because) {
    let Some(about) = cluster.store.pods.get(&member.key).map(|pod| pod.meta.reference()) else { return };
    let message = format!("delete Pod {} in StatefulSet {} successful", member.name(), round.set.meta.key.name);
    let record = Record::normal("SuccessfulDelete", message).of(round.set.meta.reference());
    cluster.tell(about, sentence, Some(because), Some(record));
    cluster.stop_pod(&member.key, None);
}
