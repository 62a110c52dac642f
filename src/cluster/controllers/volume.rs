//! Claims and volumes: which belong together, who makes the missing ones, and what becomes of them afterwards.
//!
//! Follows `pkg/controller/volume/persistentvolume`: a claim that names its volume, a volume that names its claim, the
//! smallest volume that fits, and last the class's provisioner.

mod fit;
mod provision;
mod reclaim;

pub use fit::volume_of;

use super::super::Cluster;
use super::super::controller::Controller;
use super::super::event::{Because, Record};
use super::super::objects::{Claim, ClaimPhase, Key, Volume, VolumePhase};

/// The controller.
pub struct VolumeController;

impl Controller for VolumeController {
    fn reconcile(&self, cluster: &mut Cluster) {
        reclaim::release(cluster);
        let is_pending = |claim: &&Claim| claim.phase == ClaimPhase::Pending && !claim.meta.is_deleting();
        let claims = cluster.store.claims.values().filter(is_pending);
        let pending: Vec<Key> = claims.map(|claim| claim.meta.key.clone()).collect();
        for key in pending {
            sync(cluster, &key);
        }
    }
}

fn sync(cluster: &mut Cluster, key: &Key) {
    let now = cluster.now;
    let claim = cluster.store.claims.get(key).filter(|claim| claim.provisioned_at.is_none_or(|due| due <= now));
    let Some(claim) = claim.cloned() else { return };
    if let Some(name) = claim.field("volumeName").string().filter(|name| !name.is_empty()) {
        bind_named(cluster, &claim, &name);
    } else if claim.waits(cluster) {
        wait_for_consumer(cluster, &claim);
    } else if let Some(volume) = fit::kept_for(cluster, &claim).or_else(|| fit::smallest(cluster, &claim)) {
        bind(cluster, &claim, &volume, "volumeName");
    } else {
        provision::make(cluster, &claim);
    }
}

impl Claim {
    /// A field of its `spec`.
    pub fn field(&self, name: &str) -> crate::kube::Field {
        self.spec.at(&self.at).at("spec").at(name)
    }

    /// The place of a field of its `spec`, as the reason of something.
    pub fn because(&self, name: &str) -> Because {
        self.spec.because_of(&self.field(name))
    }

    /// Its access modes.
    pub fn access_modes(&self) -> Vec<String> {
        self.field("accessModes").items().iter().filter_map(crate::kube::Field::string).collect()
    }

    /// The size it asks for, as written.
    pub fn size(&self) -> String {
        written(&self.field("resources.requests.storage"))
    }

    /// Whether its class waits for a pod, and there is none yet.
    fn waits(&self, cluster: &Cluster) -> bool {
        let class = self.class.as_deref().and_then(|class| cluster.store.classes.get(&Key::new("", class)));
        self.node.is_none() && class.is_some_and(|class| class.waits_for_consumer)
    }
}

/// A quantity as it is written, be it a text or a number.
pub fn written(field: &crate::kube::Field) -> String {
    field.string().or_else(|| field.integer().map(|number| number.to_string())).unwrap_or_default()
}

/// A claim names its volume: that one or none.
fn bind_named(cluster: &mut Cluster, claim: &Claim, name: &str) {
    let because = Some(claim.because("volumeName"));
    let about = claim.meta.reference();
    let own = &claim.meta.key;
    let sentence = match cluster.store.volumes.get(&Key::new("", name)) {
        None => format!("claim {} waits: volume {name}, which it names, isn't there", own.name),
        Some(volume) => match fit::refusal(volume, claim) {
            None => return bind(cluster, claim, name, "volumeName"),
            Some(why) => format!("claim {} waits: volume {name}, which it names, {why}", own.name),
        },
    };
    let record = Record::warning("FailedBinding", format!("volume \"{name}\" can't be bound"));
    cluster.tell_wait(about, sentence, because, Some(record));
}

fn wait_for_consumer(cluster: &mut Cluster, claim: &Claim) {
    let sentence = format!(
        "claim {} waits for a pod that uses it: class {} makes volumes only then",
        claim.meta.key.name,
        claim.class.as_deref().unwrap_or_default()
    );
    let message = "waiting for first consumer to be created before binding";
    let record = Some(Record::normal("WaitForFirstConsumer", message));
    cluster.tell_wait(claim.meta.reference(), sentence, Some(claim.because("storageClassName")), record);
}

/// Binds a claim and a volume.
fn bind(cluster: &mut Cluster, claim: &Claim, volume: &str, place: &str) {
    let key = &claim.meta.key;
    let Some(found) = cluster.store.volumes.get_mut(&Key::new("", volume)) else { return };
    let was_kept = found.claim.is_some();
    found.claim = Some(key.clone());
    found.claim_uid = Some(claim.meta.uid.clone());
    found.phase = VolumePhase::Bound;
    let (capacity, place) = (found.capacity.clone(), place_of(found, claim, was_kept, place));
    if let Some(claim) = cluster.store.claims.get_mut(key) {
        claim.phase = ClaimPhase::Bound;
        claim.volume = Some(volume.to_owned());
    }
    let sentence = format!("claim {} is bound to volume {volume} of {capacity}", key.name);
    cluster.tell(claim.meta.reference(), sentence, Some(place), None);
}

/// What decided that the two belong together.
fn place_of(volume: &Volume, claim: &Claim, was_kept: bool, place: &str) -> Because {
    match &volume.spec {
        Some(spec) if was_kept && !claim.field("volumeName").is_present() => spec.because("spec.claimRef"),
        _ => claim.because(place),
    }
}
