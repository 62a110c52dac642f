//! All rules, by group. A new rule gets its line here.

use super::Rule;
use super::nearest::nearest;
use super::rules::{deprecated_api, hostpath, probes, reliability, security, statefulset, values, yaml_schema};

/// Every rule there is.
pub static RULES: &[&Rule] = &[
    &statefulset::statefulset_missing_service_name::RULE,
    &statefulset::statefulset_service_hides_unready::RULE,
    &statefulset::statefulset_service_not_found::RULE,
    &statefulset::statefulset_service_not_headless::RULE,
    &statefulset::statefulset_service_selector_mismatch::RULE,
    &hostpath::docker_sock::RULE,
    &hostpath::host_path_backsteps::RULE,
    &hostpath::host_path_create::RULE,
    &hostpath::host_path_multi_node::RULE,
    &hostpath::host_path_not_absolute::RULE,
    &hostpath::host_path_persistent_volume::RULE,
    &hostpath::host_path_subpath::RULE,
    &hostpath::host_path_type_conflict::RULE,
    &hostpath::host_path_type_missing::RULE,
    &hostpath::host_path_volume::RULE,
    &hostpath::sensitive_host_mounts::RULE,
    &hostpath::writable_host_mount::RULE,
    &probes::identical_probes::RULE,
    &probes::liveness_before_readiness::RULE,
    &probes::no_liveness_probe::RULE,
    &probes::no_readiness_probe::RULE,
    &probes::probe_grace_period_invalid::RULE,
    &probes::probe_host_set::RULE,
    &probes::probe_invalid_handler::RULE,
    &probes::probe_on_init_container::RULE,
    &probes::probe_port_name_not_found::RULE,
    &probes::probe_port_undeclared::RULE,
    &probes::probe_success_threshold::RULE,
    &probes::probe_timeout_exceeds_period::RULE,
    &probes::slow_start_without_startup_probe::RULE,
    &security::drop_net_raw_capability::RULE,
    &security::env_var_secret::RULE,
    &security::host_ipc::RULE,
    &security::host_network::RULE,
    &security::host_pid::RULE,
    &security::no_read_only_root_fs::RULE,
    &security::privilege_escalation_container::RULE,
    &security::privileged_container::RULE,
    &security::run_as_non_root::RULE,
    &security::run_as_root_conflict::RULE,
    &security::ssh_port::RULE,
    &security::unsafe_sysctls::RULE,
    &reliability::cronjob_name_too_long::RULE,
    &reliability::duplicate_container_name::RULE,
    &reliability::duplicate_env_var::RULE,
    &reliability::duplicate_list_key::RULE,
    &reliability::invalid_cron_schedule::RULE,
    &reliability::invalid_image_reference::RULE,
    &reliability::invalid_label_value::RULE,
    &reliability::invalid_object_name::RULE,
    &reliability::invalid_quantity::RULE,
    &reliability::invalid_restart_policy::RULE,
    &reliability::job_ttl_seconds_after_finished::RULE,
    &reliability::latest_tag::RULE,
    &reliability::missing_object_name::RULE,
    &reliability::no_config_checksum::RULE,
    &reliability::no_containers::RULE,
    &reliability::pdb_both_policies::RULE,
    &reliability::requests_exceed_limits::RULE,
    &reliability::suspicious_quantity::RULE,
    &reliability::unset_cpu_requirements::RULE,
    &reliability::unset_memory_requirements::RULE,
    &deprecated_api::api_not_yet_available::RULE,
    &deprecated_api::deprecated_api::RULE,
    &deprecated_api::deprecated_service_account_field::RULE,
    &deprecated_api::removed_api::RULE,
    &deprecated_api::removed_volume_plugin::RULE,
    &values::non_string_env_value::RULE,
    &values::non_string_metadata_value::RULE,
    &yaml_schema::custom_resource_schema::RULE,
    &yaml_schema::schema_enum::RULE,
    &yaml_schema::schema_required::RULE,
    &yaml_schema::schema_type::RULE,
    &yaml_schema::schema_unknown_field::RULE,
    &yaml_schema::schema_unknown_kind::RULE,
    &yaml_schema::yaml_duplicate_key::RULE,
];

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// The rule whose id is nearest to a word.
pub fn nearest_rule(id: &str) -> Option<&'static Rule> {
    nearest(id, RULES.iter().map(|rule| rule.id)).and_then(rule)
}
