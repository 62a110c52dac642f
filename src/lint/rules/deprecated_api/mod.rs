//! API versions that are gone, going or not there yet.

mod table;

pub mod api_not_yet_available;
#[allow(clippy::module_inception)] // A rule's file bears its name, a folder that of the group.
pub mod deprecated_api;
pub mod deprecated_service_account_field;
pub mod removed_api;
pub mod removed_volume_plugin;
