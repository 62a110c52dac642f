//! The API server: what is asked of it is done or refused, in its own words.

mod create;
mod delete;
mod evict;
mod refuse;
mod update;

pub use delete::Cascade;

use super::Cluster;
use super::objects::{Key, Kind};
use crate::kube::{Field, Object};

impl Cluster {
    /// The place of an object in the store.
    pub(super) fn key(&self, object: &Object) -> Key {
        if Kind::of(&object.gvk()).is_cluster_wide() {
            return Key::new("", object.name());
        }
        let namespace = object.namespace().unwrap_or_else(|| self.settings.namespace.clone());
        Key::new(namespace, object.name())
    }

    /// Whether there is an object of that kind and name.
    pub(super) fn exists(&self, object: &Object) -> bool {
        let key = self.key(object);
        match Kind::of(&object.gvk()) {
            Kind::Other => self.store.others.contains_key(&(object.kind(), key)),
            kind => self.knows(kind, &key),
        }
    }

    /// Whether there is an object of a kind that is simulated.
    pub(super) fn knows(&self, kind: Kind, key: &Key) -> bool {
        match kind {
            Kind::Pod => self.store.pods.contains_key(key),
            Kind::StatefulSet => self.store.stateful_sets.contains_key(key),
            Kind::Deployment => self.store.deployments.contains_key(key),
            Kind::ReplicaSet => self.store.replica_sets.contains_key(key),
            Kind::DaemonSet => self.store.daemon_sets.contains_key(key),
            Kind::Job => self.store.jobs.contains_key(key),
            Kind::CronJob => self.store.cron_jobs.contains_key(key),
            Kind::Service => self.store.services.contains_key(key),
            Kind::Claim => self.store.claims.contains_key(key),
            Kind::Volume => self.store.volumes.contains_key(key),
            Kind::StorageClass => self.store.classes.contains_key(key),
            Kind::DisruptionBudget => self.store.budgets.contains_key(key),
            Kind::Node => self.store.nodes.contains_key(key),
            Kind::Endpoints | Kind::Event | Kind::Other => false,
        }
    }

    /// The class of a claim that says this, or nothing.
    pub(super) fn class_of(&self, field: &Field) -> Option<String> {
        let default = || self.store.classes.values().find(|class| class.is_default);
        field.string().or_else(|| default().map(|class| class.meta.key.name.clone()))
    }
}

/// An object as Helm names it in errors: `default/web apps/v1, Kind=StatefulSet`.
fn named(key: &Key, object: &Object) -> String {
    format!("{key} {}, Kind={}", object.api_version(), object.kind())
}

/// What is refused because there is none of that name.
fn not_found(resource: &str, name: &str) -> String {
    format!("Error from server (NotFound): {resource} \"{name}\" not found")
}

/// The plural of a resource, as the API names it: `statefulsets.apps`.
fn plural(kind: Kind) -> String {
    let resource = kind.resource();
    let (name, group) =
        resource.split_once('.').map_or((resource, String::new()), |(name, group)| (name, format!(".{group}")));
    let ending = if name.ends_with('s') { "es" } else { "s" };
    format!("{name}{ending}{group}")
}
