//! API versions that are gone, going or not there yet.

mod table;

pub mod api_not_yet_available;
pub mod deprecated_api;
pub mod deprecated_service_account_field;
pub mod removed_api;
pub mod removed_volume_plugin;
