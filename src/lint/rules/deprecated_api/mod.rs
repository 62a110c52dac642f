//! API versions that are gone, going or not there yet.

mod table;

pub mod api_not_yet_available;
pub mod deprecated_annotation;
#[allow(clippy::module_inception)] // A rule's file bears its name, a folder that of the group.
pub mod deprecated_api;
pub mod deprecated_field;
pub mod deprecated_service_account_field;
pub mod removed_api;
pub mod removed_volume_plugin;

use crate::kube::Object;

/// Whether an object's API is gone from a minor version of Kubernetes.
pub(super) fn is_gone(object: &Object, minor: u32) -> bool {
    table::Api::of(object).and_then(|api| api.removed).is_some_and(|removed| removed <= minor)
}

/// Whether some version of Kubernetes has or had an object's API.
pub(super) fn is_known(object: &Object) -> bool {
    table::Api::of(object).is_some()
}
