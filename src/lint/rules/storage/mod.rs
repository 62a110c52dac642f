//! Volumes: what pods mount, and the claims behind it.

mod claims;
mod shared;
mod volumes;

pub mod bidirectional_mount_not_privileged;
pub mod claim_deleted_on_uninstall;
pub mod claim_invalid_access_mode;
pub mod claim_missing_access_modes;
pub mod claim_missing_storage_request;
pub mod dangling_claim;
pub mod duplicate_mount_path;
pub mod duplicate_volume_name;
pub mod empty_dir_without_size_limit;
pub mod local_volume_without_node_affinity;
pub mod memory_empty_dir_unbounded;
pub mod non_root_volume_without_fs_group;
pub mod rolling_update_rwo_deadlock;
pub mod shared_rwo_claim;
pub mod storage_class_empty;
pub mod storage_class_not_set;
pub mod subpath_no_updates;
pub mod unmounted_volume;
pub mod unused_claim;
pub mod volume_claim_template_not_mounted;
pub mod volume_claim_template_shadows_volume;
pub mod volume_mount_without_volume;
