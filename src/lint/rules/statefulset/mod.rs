//! `StatefulSets`: their Service, and with it the names of their pods.

mod governing_service;
mod immutable;
mod storage;

pub mod immutable_field_changed;
pub mod immutable_field_versioned;
pub mod revision_history_limit_zero;
pub mod statefulset_claims_deleted;
pub mod statefulset_empty_dir_data;
pub mod statefulset_missing_service_name;
pub mod statefulset_name_invalid;
pub mod statefulset_name_too_long;
pub mod statefulset_on_delete;
pub mod statefulset_on_delete_with_rolling_update;
pub mod statefulset_ordered_without_readiness;
pub mod statefulset_parallel;
pub mod statefulset_partition_blocks_rollout;
pub mod statefulset_pod_service_dangling;
pub mod statefulset_service_hides_unready;
pub mod statefulset_service_not_found;
pub mod statefulset_service_not_headless;
pub mod statefulset_service_selector_mismatch;
pub mod statefulset_without_storage;
pub mod zero_termination_grace_period;
