//! Changing objects: what the API server refuses, and what becomes of the rest.

use super::super::Cluster;
use super::super::controllers::volume_of;
use super::super::event::Source;
use super::super::objects::{Key, Kind, ObjectRef, Spec, Template, Volume, labels};
use super::super::release::Conflicts;
use crate::kube::{Field, Object};
use crate::value::json;

/// From this version on `revisionHistoryLimit` may be changed.
const HISTORY_LIMIT_SINCE: u32 = 34;

impl Cluster {
    /// Changes an object to what a manifest says. The error is Helm's, with the API server's in it.
    pub(in super::super) fn update(
        &mut self,
        source: Source,
        object: &Object,
        conflicts: Conflicts,
    ) -> Result<(), String> {
        let (kind, key) = (Kind::of(&object.gvk()), self.key(object));
        let gvk = object.gvk();
        let named = format!("{key} {}, Kind={}", object.api_version(), gvk.kind);
        let spec = Spec { source, object: object.clone() };
        if let Some(refusal) = self.refusal(kind, &key, &spec) {
            return Err(format!("server-side apply failed for object {named}: {refusal}"));
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

    /// Why the API server doesn't allow a change.
    fn refusal(&self, kind: Kind, key: &Key, new: &Spec) -> Option<String> {
        let name = &key.name;
        match kind {
            Kind::StatefulSet => {
                let old = &self.store.stateful_sets.get(key)?.spec;
                forbidden(&old.at("spec"), &new.at("spec"), self.settings.minor)
                    .map(|message| format!("StatefulSet.apps \"{name}\" is invalid: spec: Forbidden: {message}"))
            }
            Kind::Deployment => {
                let old = &self.store.deployments.get(key)?.spec;
                immutable("Deployment.apps", name, "spec.selector", old, new)
            }
            Kind::DaemonSet => {
                let old = &self.store.daemon_sets.get(key)?.spec;
                immutable("DaemonSet.apps", name, "spec.selector", old, new)
            }
            Kind::Job => {
                let old = &self.store.jobs.get(key)?.spec;
                immutable("Job.batch", name, "spec.template", old, new)
            }
            Kind::Claim => {
                let old = &self.store.claims.get(key)?.spec;
                let is_same = differing(&old.at("spec"), &new.at("spec")).iter().all(|field| field == "resources");
                (!is_same).then(|| {
                    format!(
                        "PersistentVolumeClaim \"{name}\" is invalid: spec: Forbidden: spec is immutable after \
                         creation except resources.requests and volumeAttributesClassName for bound claims"
                    )
                })
            }
            _ => None,
        }
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
            Kind::Service => self.store.services.get_mut(key).and_then(|service| {
                service.meta.labels = labels(&new.at("metadata.labels"));
                service.spec.replace(new)
            }),
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
        if replaced.is_none_or(|old| !is_equal(old.object.root(), object.root())) {
            let kind = object.kind();
            let sentence = format!("{kind} {} is changed", key.name);
            let about = ObjectRef { kind, namespace: key.namespace.clone(), name: key.name.clone() };
            self.tell(about, sentence, None, None);
        }
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

/// The refusal to change a field that can't be changed. What was written there is left out.
fn immutable(resource: &str, name: &str, path: &str, old: &Spec, new: &Spec) -> Option<String> {
    let is_same = is_equal(&old.at(path), &new.at(path));
    (!is_same).then(|| format!("{resource} \"{name}\" is invalid: {path}: Invalid value: …: field is immutable"))
}

fn is_equal(one: &Field, other: &Field) -> bool {
    let written = |field: &Field| json::encode(field.value()).unwrap_or_default();
    written(one) == written(other)
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
    let says = |field: &Field| field.string().unwrap_or_else(|| "OrderedReady".to_owned());
    key == "podManagementPolicy" && says(old) == says(new)
}

/// What of a set's `spec` may not be changed, in the API server's words.
fn forbidden(old: &Field, new: &Field, minor: u32) -> Option<String> {
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
    let is_forbidden = |field: &String| !allowed.contains(&field.as_str());
    if !differing(old, new).iter().any(is_forbidden) {
        return None;
    }
    let (last, before) = allowed.split_last()?;
    let listed: Vec<String> = before.iter().map(|field| format!("'{field}'")).collect();
    Some(format!("updates to statefulset spec for fields other than {} and '{last}' are forbidden", listed.join(", ")))
}
