//! Deleting objects, and scaling.

use super::super::Cluster;
use super::super::clock::Seconds;
use super::super::event::Because;
use super::super::objects::{Key, Kind, ObjectRef};
use crate::kube::Object;

/// What becomes of what a deleted object owns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cascade {
    /// It is deleted afterwards.
    #[default]
    Background,
    /// It stays, without an owner.
    Orphan,
}

impl Cluster {
    /// `kubectl delete`. The error is the API server's.
    pub fn delete(&mut self, kind: Kind, name: &str, cascade: Cascade, grace: Option<Seconds>) -> Result<(), String> {
        let namespace = if kind.is_cluster_wide() { "" } else { &self.settings.namespace };
        let key = Key::new(namespace, name);
        if !self.knows(kind, &key) || kind == Kind::Node {
            return Err(super::not_found(&super::plural(kind), name));
        }
        self.remove(kind, &key, cascade, grace, "somebody deletes it");
        self.settle();
        Ok(())
    }

    /// Deletes the object that a manifest describes, if it is there.
    pub(in super::super) fn delete_object(&mut self, object: &Object) {
        let key = self.key(object);
        match Kind::of(&object.gvk()) {
            Kind::Other | Kind::Node => {
                if let Some(plain) = self.store.others.remove(&(object.kind(), key.clone())) {
                    let about = super::super::objects::ObjectRef { kind: object.kind(), ..plain.meta.reference() };
                    self.tell(about, format!("{} {} is deleted", object.kind(), key.name), None, None);
                }
            }
            kind => self.remove(kind, &key, Cascade::Background, None, "Helm deletes it"),
        }
    }

    fn remove(&mut self, kind: Kind, key: &Key, cascade: Cascade, grace: Option<Seconds>, why: &str) {
        let name = &key.name;
        let sentence = |what: String| format!("{what} is deleted: {why}");
        match kind {
            Kind::Pod => {
                let Some(about) = self.store.pods.get(key).map(|pod| pod.meta.reference()) else { return };
                self.tell(about, sentence(name.clone()), None, None);
                self.stop_pod(key, grace);
            }
            Kind::StatefulSet => self.remove_set(key, cascade, why),
            Kind::Deployment | Kind::ReplicaSet | Kind::DaemonSet | Kind::Job | Kind::CronJob => {
                self.remove_workload(kind, key, cascade, why);
            }
            Kind::Claim => {
                let Some(about) = self.store.claims.get(key).map(|claim| claim.meta.reference()) else { return };
                self.tell(about, sentence(format!("claim {name}")), None, None);
                self.delete_claim(key);
            }
            Kind::Volume => {
                let now = self.now;
                let Some(volume) = self.store.volumes.get_mut(key) else { return };
                volume.meta.deleting = Some(now);
                let about = volume.meta.reference();
                self.tell(about, sentence(format!("volume {name}")), None, None);
            }
            Kind::Service => {
                let Some(service) = self.store.services.remove(key) else { return };
                self.tell(service.meta.reference(), sentence(format!("Service {name}")), None, None);
            }
            Kind::StorageClass => {
                let Some(class) = self.store.classes.remove(key) else { return };
                self.tell(class.meta.reference(), sentence(format!("class {name}")), None, None);
            }
            Kind::DisruptionBudget => {
                let Some(budget) = self.store.budgets.remove(key) else { return };
                self.tell(budget.meta.reference(), sentence(format!("PodDisruptionBudget {name}")), None, None);
            }
            Kind::Node | Kind::Endpoints | Kind::Event | Kind::Other => {}
        }
    }

    fn remove_workload(&mut self, kind: Kind, key: &Key, cascade: Cascade, why: &str) {
        let removed = match kind {
            Kind::Deployment => self.store.deployments.remove(key).map(|deployment| deployment.meta),
            Kind::ReplicaSet => self.store.replica_sets.remove(key).map(|set| set.meta),
            Kind::DaemonSet => self.store.daemon_sets.remove(key).map(|set| set.meta),
            Kind::Job => self.store.jobs.remove(key).map(|job| job.meta),
            Kind::CronJob => self.store.cron_jobs.remove(key).map(|job| job.meta),
            _ => None,
        };
        let Some(meta) = removed else { return };
        let mut sentence = format!("{kind} {} is deleted: {why}", key.name);
        if cascade == Cascade::Orphan {
            self.disown(&meta.uid);
            sentence.push_str("; what it owned stays, without an owner");
        }
        self.forget_wait(&meta.reference());
        self.tell(meta.reference(), sentence, None, None);
    }

    /// What has this owner has none from now on.
    fn disown(&mut self, uid: &str) {
        let pods = self.store.pods.values_mut().map(|pod| &mut pod.meta);
        let sets = self.store.replica_sets.values_mut().map(|set| &mut set.meta);
        let jobs = self.store.jobs.values_mut().map(|job| &mut job.meta);
        let claims = self.store.claims.values_mut().map(|claim| &mut claim.meta);
        for meta in pods.chain(sets).chain(jobs).chain(claims).filter(|meta| meta.is_owned_by(uid)) {
            meta.owner = None;
        }
    }

    fn remove_set(&mut self, key: &Key, cascade: Cascade, why: &str) {
        let Some(set) = self.store.stateful_sets.remove(key) else { return };
        let about = set.meta.reference();
        if cascade == Cascade::Orphan {
            self.disown(&set.meta.uid);
            let sentence = format!("StatefulSet {} is deleted: {why}; its pods stay, without an owner", key.name);
            return self.tell(about, sentence, None, None);
        }
        self.forget_wait(&about);
        self.tell(about, format!("StatefulSet {} is deleted: {why}", key.name), None, None);
        let left: Vec<String> = self.left_claims(&set);
        if !left.is_empty() {
            let because = set.spec.because("spec.persistentVolumeClaimRetentionPolicy");
            let sentence = match left.as_slice() {
                [only] => format!("claim {only} stays, with all that is on it"),
                several => format!("claims {} stay, with all that is on them", several.join(", ")),
            };
            self.tell(set.meta.reference(), sentence, Some(because), None);
        }
    }

    /// The claims of a set that don't go with it.
    fn left_claims(&self, set: &super::super::objects::StatefulSet) -> Vec<String> {
        let templates = set.spec.at("spec.volumeClaimTemplates").items();
        let names: Vec<String> =
            templates.iter().filter_map(|template| template.at("metadata.name").string()).collect();
        let is_of_set = |claim: &&super::super::objects::Claim| {
            let name = &claim.meta.key.name;
            let ordinal =
                |prefix: &String| name.strip_prefix(&format!("{prefix}-{}-", set.meta.key.name)).map(str::parse::<u32>);
            claim.meta.key.namespace == set.meta.key.namespace
                && claim.meta.owner.is_none()
                && names.iter().any(|prefix| ordinal(prefix).is_some_and(|number| number.is_ok()))
        };
        self.store.claims.values().filter(is_of_set).map(|claim| claim.meta.key.name.clone()).collect()
    }

    /// Deletes a claim, or has it deleted when no pod uses it any more.
    pub(in super::super) fn delete_claim(&mut self, key: &Key) {
        let now = self.now;
        let users: Vec<&str> = self.store.users(key).map(|pod| pod.meta.key.name.as_str()).collect();
        let sentence = format!("claim {} is terminating until {} no longer uses it", key.name, users.join(", "));
        let is_used = !users.is_empty();
        let Some(claim) = self.store.claims.get_mut(key).filter(|claim| !claim.meta.is_deleting()) else { return };
        claim.meta.deleting = Some(now);
        let about = claim.meta.reference();
        self.touch();
        if is_used {
            self.tell_wait(about, sentence, None, None);
        }
    }

    /// Takes a claim out of the store.
    pub(in super::super) fn remove_claim(&mut self, key: &Key) {
        if let Some(claim) = self.store.claims.remove(key) {
            self.forget_wait(&claim.meta.reference());
            self.tell(claim.meta.reference(), format!("claim {} is gone", key.name), None, None);
        }
    }

    /// Takes a volume out of the store.
    pub(in super::super) fn remove_volume(&mut self, key: &Key) {
        if self.store.volumes.remove(key).is_some() {
            self.touch();
        }
    }

    /// `kubectl scale`. The error is the API server's.
    pub fn scale(&mut self, kind: Kind, name: &str, replicas: usize) -> Result<(), String> {
        let key = Key::new(self.settings.namespace.clone(), name);
        let replicas = replicas.min(super::super::MAX_PODS);
        let Some((before, about, because)) = self.set_replicas(kind, &key, replicas) else {
            return Err(super::not_found(&super::plural(kind), name));
        };
        let sentence = format!("{kind} {name} is scaled from {before} to {replicas} by hand");
        self.tell(about, sentence, Some(because), None);
        self.settle();
        Ok(())
    }
    /// Sets a number of replicas. The number before, who has it, and where it stands.
    fn set_replicas(&mut self, kind: Kind, key: &Key, replicas: usize) -> Option<(usize, ObjectRef, Because)> {
        match kind {
            Kind::StatefulSet => {
                let set = self.store.stateful_sets.get_mut(key)?;
                set.is_scaled_by_hand = true;
                let before = std::mem::replace(&mut set.replicas, replicas);
                Some((before, set.meta.reference(), set.spec.because("spec.replicas")))
            }
            Kind::Deployment => {
                let deployment = self.store.deployments.get_mut(key)?;
                deployment.is_scaled_by_hand = true;
                let before = std::mem::replace(&mut deployment.replicas, replicas);
                Some((before, deployment.meta.reference(), deployment.spec.because("spec.replicas")))
            }
            Kind::ReplicaSet => {
                let set = self.store.replica_sets.get_mut(key)?;
                let before = std::mem::replace(&mut set.replicas, replicas);
                Some((before, set.meta.reference(), set.template.spec.because("spec.replicas")))
            }
            _ => None,
        }
    }
}
