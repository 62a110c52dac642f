//! What happens when something fails, is full or comes again.

pub(super) mod names;
mod resources;
mod share;

pub mod cronjob_name_too_long;
pub mod duplicate_container_name;
pub mod duplicate_env_var;
pub mod duplicate_list_key;
pub mod hpa_min_exceeds_max;
pub mod hpa_replicas_conflict;
pub mod hpa_without_requests;
pub mod invalid_cron_schedule;
pub mod invalid_image_reference;
pub mod invalid_label_value;
pub mod invalid_object_name;
pub mod invalid_quantity;
pub mod invalid_restart_policy;
pub mod job_ttl_seconds_after_finished;
pub mod latest_tag;
pub mod missing_object_name;
pub mod no_anti_affinity;
pub mod no_config_checksum;
pub mod no_containers;
pub mod no_rolling_update_strategy;
pub mod pdb_blocks_eviction;
pub mod pdb_both_policies;
pub mod pdb_no_policy;
pub mod recreate_with_rolling_update;
pub mod requests_exceed_limits;
pub mod rolling_update_zero_zero;
pub mod suspicious_quantity;
pub mod topology_spread_invalid;
pub mod unset_cpu_requirements;
pub mod unset_memory_requirements;
