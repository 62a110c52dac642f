//! What the API server refuses, in its own words.
//!
//! Follows `pkg/apis/*/validation` and `k8s.io/apimachinery/pkg/util/validation/field/errors.go`. Of Jobs' templates
//! and of volumes' sources the server prints all that is in them; that is left out here, and `…` stands for it.

mod claim;
mod dump;
mod set;
mod small;

use super::super::Cluster;
use super::super::objects::Kind;
use crate::kube::{Field, Object};
use crate::value::json;

/// A field that can't be what it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field, as the server names it.
    path: String,
    /// What is wrong, as the server says it.
    words: String,
    /// The fields of the manifest that it comes from.
    fields: Vec<String>,
}

impl Fault {
    /// A value that isn't allowed there.
    fn invalid(path: &str, value: &str, detail: &str) -> Self {
        let words = format!("Invalid value: {value}: {detail}");
        Self { path: path.to_owned(), words, fields: vec![path.to_owned()] }
    }

    /// A change that isn't allowed.
    fn forbidden(path: &str, detail: &str) -> Self {
        Self { path: path.to_owned(), words: format!("Forbidden: {detail}"), fields: vec![path.to_owned()] }
    }

    /// The same, on account of these fields.
    fn because_of(self, fields: Vec<String>) -> Self {
        Self { fields, ..self }
    }
}

/// What the server refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The object isn't valid.
    Invalid(Vec<Fault>),
    /// The object may be valid; the server doesn't want it.
    Forbidden(String, Vec<String>),
}

impl Refusal {
    /// What the server says.
    pub fn message(&self, object: &Object) -> String {
        let gvk = object.gvk();
        let kind = if gvk.group.is_empty() { gvk.kind } else { format!("{}.{}", gvk.kind, gvk.group) };
        match self {
            Self::Forbidden(message, _) => message.clone(),
            Self::Invalid(faults) => {
                let told: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.path, fault.words)).collect();
                let told = if told.len() == 1 { told.concat() } else { format!("[{}]", told.join(", ")) };
                format!("{kind} \"{}\" is invalid: {told}", object.name())
            }
        }
    }

    /// The fields of the manifest that it comes from.
    pub fn fields(&self) -> Vec<String> {
        match self {
            Self::Invalid(faults) => faults.iter().flat_map(|fault| fault.fields.clone()).collect(),
            Self::Forbidden(_, fields) => fields.clone(),
        }
    }

    fn of(faults: Vec<Fault>) -> Option<Self> {
        (!faults.is_empty()).then_some(Self::Invalid(faults))
    }
}

/// The words for a field that stays what it is.
const IMMUTABLE: &str = "field is immutable";

impl Cluster {
    /// What is wrong with a manifest, whether its object is there or not.
    pub(in super::super) fn mistake(&self, object: &Object) -> Option<Refusal> {
        Refusal::of(set::mismatch(object, self.settings.minor).into_iter().collect())
    }

    /// Why the API server doesn't allow a change of an object that is there.
    pub(in super::super) fn refusal(&self, object: &Object) -> Option<Refusal> {
        let (kind, key, minor) = (Kind::of(&object.gvk()), self.key(object), self.settings.minor);
        let store = &self.store;
        let mut faults: Vec<Fault> = set::mismatch(object, minor).into_iter().collect();
        match kind {
            Kind::StatefulSet => {
                let old = &store.stateful_sets.get(&key)?.spec.object;
                faults.extend(set::forbidden(&old.at("spec"), &object.at("spec"), minor));
            }
            Kind::Deployment => faults.extend(set::selector(&store.deployments.get(&key)?.spec.object, object, minor)),
            Kind::DaemonSet => faults.extend(set::selector(&store.daemon_sets.get(&key)?.spec.object, object, minor)),
            Kind::ReplicaSet => {
                faults.extend(set::selector(&store.replica_sets.get(&key)?.template.spec.object, object, minor));
            }
            Kind::Job => faults.extend(set::job(&store.jobs.get(&key)?.spec.object, object)),
            Kind::Service => faults.extend(small::service(store.services.get(&key)?, object, minor)),
            Kind::Claim => return claim::refusal(self, store.claims.get(&key)?, object),
            Kind::Volume => faults.extend(small::volume(&store.volumes.get(&key)?.spec.as_ref()?.object, object)),
            Kind::StorageClass => faults.extend(small::class(store.classes.get(&key)?, object)),
            Kind::Pod => faults.extend(small::pod(&store.pods.get(&key)?.template.spec.object, object)),
            Kind::Other => {
                let old = &store.others.get(&(object.kind(), key))?.spec.object;
                faults.extend(small::other(old, object, minor));
            }
            Kind::CronJob | Kind::DisruptionBudget | Kind::Node | Kind::Endpoints | Kind::Event => {}
        }
        Refusal::of(faults)
    }
}

/// Whether two fields say the same.
pub(super) fn is_equal(one: &Field, other: &Field) -> bool {
    let written = |field: &Field| json::encode(field.value()).unwrap_or_default();
    written(one) == written(other)
}
