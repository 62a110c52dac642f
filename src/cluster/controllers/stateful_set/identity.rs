//! What makes a pod the one of its ordinal: its name, its claims, and whose they are.

use super::super::super::Cluster;
use super::super::super::objects::{Claim, ClaimPhase, Key, Kind, Labels, Owner, StatefulSet, labels};
use super::round::Round;
use crate::kube::{Field, Selector};

/// The number behind the set's name; `None` where the pod's name isn't the set's.
pub fn ordinal(set: &str, pod: &str) -> Option<usize> {
    let written = pod.strip_prefix(set)?.strip_prefix('-')?;
    let is_number = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| written.parse().ok())?
}

/// Takes over pods without an owner that have the set's labels and name.
pub fn adopt(cluster: &mut Cluster, key: &Key) {
    let Some(set) = cluster.store.stateful_sets.get(key) else { return };
    let selector = Selector::from_field(&set.spec.at("spec.selector"));
    let is_orphan = |pod: &&super::super::super::objects::Pod| {
        pod.meta.key.namespace == key.namespace
            && pod.meta.owner.is_none()
            && !pod.meta.is_deleting()
            && ordinal(&key.name, &pod.meta.key.name).is_some()
            && selector.matches(|label| pod.meta.labels.get(label).cloned())
    };
    let orphans: Vec<Key> = cluster.store.pods.values().filter(is_orphan).map(|pod| pod.meta.key.clone()).collect();
    if orphans.is_empty() || set.meta.is_deleting() {
        return;
    }
    let (owner, because) = (set.meta.as_owner(), set.spec.because("spec.selector"));
    for orphan in orphans {
        let Some(pod) = cluster.store.pods.get_mut(&orphan) else { continue };
        pod.meta.owner = Some(owner.clone());
        let about = pod.meta.reference();
        let sentence =
            format!("{} is adopted by StatefulSet {}: it has its labels and its name", orphan.name, key.name);
        cluster.tell(about, sentence, Some(because.clone()), None);
    }
}

/// The volumes of the pod of that name that are claims of its own: the volume's name, and the claim's.
pub fn claims(set: &StatefulSet, pod: &str) -> Vec<(String, String)> {
    let named = volumes(set).into_iter();
    named.map(|name| (name.clone(), format!("{name}-{pod}"))).collect()
}

/// The names of the volumes that are claims of each pod's own.
fn volumes(set: &StatefulSet) -> Vec<String> {
    let templates = set.spec.at("spec.volumeClaimTemplates").items();
    templates.iter().filter_map(|template| template.at("metadata.name").string()).collect()
}

/// Makes the claims of a pod that aren't there. `false` where one of them is on its way out.
pub fn make_claims(cluster: &mut Cluster, set: &StatefulSet, pod: &str) -> bool {
    let templates = set.spec.at("spec.volumeClaimTemplates").items();
    for template in &templates {
        let Some(volume) = template.at("metadata.name").string() else { continue };
        let key = set.meta.key.beside(format!("{volume}-{pod}"));
        match cluster.store.claims.get(&key) {
            Some(claim) if claim.meta.is_deleting() => return false,
            Some(_) => {}
            None => make_claim(cluster, set, pod, &key, template),
        }
    }
    true
}

fn make_claim(cluster: &mut Cluster, set: &StatefulSet, pod: &str, key: &Key, template: &Field) {
    let mut meta = cluster.meta(Kind::Claim, key.clone());
    meta.labels = labels(&set.spec.at("spec.selector.matchLabels"));
    meta.labels.extend(labels(&template.at("metadata.labels")));
    let about = meta.reference();
    let at = template.path().to_string();
    let class = cluster.class_of(&template.at("spec.storageClassName"));
    let because = set.spec.because_of(template);
    let phase = ClaimPhase::Pending;
    let spec = set.spec.clone();
    let claim = Claim { meta, spec, at, class, phase, volume: None, node: None, provisioned_at: None };
    cluster.store.claims.insert(key.clone(), claim);
    let sentence = format!("claim {} is made for {pod}", key.name);
    let message = format!("create Claim {} Pod {pod} in StatefulSet {} success", key.name, set.meta.key.name);
    let record = super::super::super::event::Record::normal("SuccessfulCreate", message).of(set.meta.reference());
    cluster.tell(about, sentence, Some(because), Some(record));
}

/// The labels that tell the pod of an ordinal from its brothers.
pub fn pod_labels(pod: &str, ordinal: usize, revision: &str) -> Labels {
    let entries = [
        ("statefulset.kubernetes.io/pod-name", pod.to_owned()),
        ("apps.kubernetes.io/pod-index", ordinal.to_string()),
        ("controller-revision-hash", revision.to_owned()),
    ];
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Whether claims go when a set or a pod of it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Retention {
    /// `whenDeleted: Delete`
    goes_with_set: bool,
    /// `whenScaled: Delete`
    goes_with_pod: bool,
}

/// Gives claims the owners that `persistentVolumeClaimRetentionPolicy` asks for.
pub fn own_claims(cluster: &mut Cluster, round: &Round) {
    let policy = round.set.spec.at("spec.persistentVolumeClaimRetentionPolicy");
    let retention = Retention {
        goes_with_set: policy.get("whenDeleted").is("Delete"),
        goes_with_pod: policy.get("whenScaled").is("Delete"),
    };
    let volumes = volumes(&round.set);
    if volumes.is_empty() {
        return;
    }
    let set = round.set.meta.as_owner();
    let kept = round.replicas.iter().flatten().map(|member| (member, false));
    let members = kept.chain(round.condemned.iter().map(|member| (member, true)));
    for (member, is_condemned) in members {
        let Some(pod) = cluster.store.pods.get(&member.key).map(|pod| pod.meta.as_owner()) else { continue };
        let owner = if retention.goes_with_pod && is_condemned {
            Some(pod)
        } else {
            retention.goes_with_set.then(|| set.clone())
        };
        for volume in &volumes {
            own(cluster, &member.key.beside(format!("{volume}-{}", member.name())), owner.as_ref());
        }
    }
}

fn own(cluster: &mut Cluster, claim: &Key, owner: Option<&Owner>) {
    let Some(claim) = cluster.store.claims.get_mut(claim).filter(|claim| !claim.meta.is_deleting()) else { return };
    let is_foreign =
        claim.meta.owner.as_ref().is_some_and(|owner| !matches!(owner.kind, Kind::Pod | Kind::StatefulSet));
    if !is_foreign && claim.meta.owner.as_ref() != owner {
        claim.meta.owner = owner.cloned();
        cluster.touch();
    }
}
