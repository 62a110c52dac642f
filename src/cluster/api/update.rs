//! Changing objects: what the API server refuses, and what becomes of the rest.

use super::super::Cluster;
use super::super::controllers::volume_of;
use super::super::event::Source;
use super::super::objects::{Key, Kind, ObjectRef, Spec, Template, Volume, labels};
use super::super::release::Conflicts;
use crate::kube::Object;

impl Cluster {
    /// Changes an object to what a manifest says. The error is Helm's, with the API server's in it.
    pub(in super::super) fn update(
        &mut self,
        source: Source,
        object: &Object,
        conflicts: Conflicts,
    ) -> Result<(), String> {
        let (kind, key) = (Kind::of(&object.gvk()), self.key(object));
        let named = super::named(&key, object);
        let spec = Spec { source, object: object.clone() };
        if let Some(refusal) = self.refusal(object) {
            return Err(format!("server-side apply failed for object {named}: {}", refusal.message(object)));
        }
        if conflicts == Conflicts::Fail && self.is_scaled_otherwise(kind, &key, &spec) {
            return Err(format!(
                "conflict occurred while applying object {named}: Apply failed with 1 conflict: conflict with \
                 \"kubectl\" with subresource \"scale\" using apps/v1: .spec.replicas"
            ));
        }
        self.change(kind, &key, spec);
        Ok(())
    }

    /// Whether somebody has scaled a set to another number than the manifest says.
    fn is_scaled_otherwise(&self, kind: Kind, key: &Key, spec: &Spec) -> bool {
        let written = spec.at("spec.replicas").integer().and_then(|replicas| usize::try_from(replicas).ok());
        let set = || self.store.stateful_sets.get(key).filter(|set| set.is_scaled_by_hand);
        let deployment = || self.store.deployments.get(key).filter(|deployment| deployment.is_scaled_by_hand);
        let replicas = match kind {
            Kind::StatefulSet => set().map(|set| set.replicas),
            Kind::Deployment => deployment().map(|deployment| deployment.replicas),
            _ => None,
        };
        replicas.is_some_and(|replicas| written.is_some_and(|written| written != replicas))
    }

    fn change(&mut self, kind: Kind, key: &Key, new: Spec) {
        let object = new.object.clone();
        let replaced = match kind {
            Kind::StatefulSet => self.change_set(key, new),
            Kind::Deployment => self.change_deployment(key, new),
            Kind::ReplicaSet => {
                let replicas = new.at("spec.replicas").integer().and_then(|number| usize::try_from(number).ok());
                self.store.replica_sets.get_mut(key).map(|set| {
                    set.replicas = replicas.unwrap_or(set.replicas).min(super::super::MAX_PODS);
                    let template = Template::at(&new, "spec.template");
                    std::mem::replace(&mut set.template, template).spec
                })
            }
            Kind::DaemonSet => self.store.daemon_sets.get_mut(key).map(|set| std::mem::replace(&mut set.spec, new)),
            Kind::Job => self.store.jobs.get_mut(key).map(|job| std::mem::replace(&mut job.spec, new)),
            Kind::CronJob => self.store.cron_jobs.get_mut(key).map(|job| {
                job.next = None;
                std::mem::replace(&mut job.spec, new)
            }),
            Kind::Service => self.change_service(key, new),
            Kind::Claim => self.store.claims.get_mut(key).map(|claim| {
                claim.meta.labels = labels(&new.at("metadata.labels"));
                std::mem::replace(&mut claim.spec, new)
            }),
            Kind::Volume => self.store.volumes.get_mut(key).and_then(|volume| {
                let changed = volume_of(volume.meta.clone(), new);
                let (phase, claim, claim_uid) = (volume.phase, volume.claim.clone(), volume.claim_uid.clone());
                std::mem::replace(volume, Volume { claim, claim_uid, phase, ..changed }).spec
            }),
            Kind::Other => {
                let plain = self.store.others.get_mut(&(object.kind(), key.clone()));
                plain.map(|plain| std::mem::replace(&mut plain.spec, new))
            }
            Kind::DisruptionBudget => {
                self.store.budgets.get_mut(key).map(|budget| std::mem::replace(&mut budget.spec, new))
            }
            Kind::Pod | Kind::StorageClass | Kind::Node | Kind::Endpoints | Kind::Event => return,
        };
        self.touch();
        if replaced.is_none_or(|old| !super::refuse::is_equal(old.object.root(), object.root())) {
            let kind = object.kind();
            let sentence = format!("{kind} {} is changed", key.name);
            let about = ObjectRef { kind, namespace: key.namespace.clone(), name: key.name.clone() };
            self.tell(about, sentence, None, None);
        }
    }

    /// Another type may bring another address and other ports of the nodes.
    fn change_service(&mut self, key: &Key, new: Spec) -> Option<Spec> {
        let meta = self.store.services.get(key)?.meta.clone();
        let mut fresh = self.new_service(meta, new);
        fresh.meta.labels = fresh.spec.as_ref().map(|spec| labels(&spec.at("metadata.labels"))).unwrap_or_default();
        let old = self.store.services.get_mut(key)?;
        if !old.is_external() && !fresh.is_external() {
            fresh.cluster_ip.clone_from(&old.cluster_ip);
        }
        fresh.told = std::mem::take(&mut old.told);
        std::mem::replace(old, fresh).spec
    }

    fn change_deployment(&mut self, key: &Key, new: Spec) -> Option<Spec> {
        let meta = self.store.deployments.get(key)?.meta.clone();
        let field = new.at("spec.replicas");
        let replicas = field.is_present().then(|| self.replicas(&field, &meta));
        let deployment = self.store.deployments.get_mut(key)?;
        deployment.replicas = replicas.unwrap_or(deployment.replicas);
        deployment.is_scaled_by_hand &= replicas.is_none();
        deployment.meta.labels = labels(&new.at("metadata.labels"));
        Some(std::mem::replace(&mut deployment.spec, new))
    }

    fn change_set(&mut self, key: &Key, new: Spec) -> Option<Spec> {
        let meta = self.store.stateful_sets.get(key)?.meta.clone();
        let field = new.at("spec.replicas");
        let replicas = field.is_present().then(|| self.replicas(&field, &meta));
        let set = self.store.stateful_sets.get_mut(key)?;
        set.replicas = replicas.unwrap_or(set.replicas);
        set.is_scaled_by_hand &= replicas.is_none();
        set.meta.labels = labels(&new.at("metadata.labels"));
        Some(std::mem::replace(&mut set.spec, new))
    }
}
