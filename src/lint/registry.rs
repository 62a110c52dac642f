//! All rules, by group. A new rule gets its line here.

use super::Rule;
use super::nearest::nearest;
use super::rules::{hostpath, probes, statefulset};

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
    &probes::no_liveness_probe::RULE,
    &probes::no_readiness_probe::RULE,
];

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// The rule whose id is nearest to a word.
pub fn nearest_rule(id: &str) -> Option<&'static Rule> {
    nearest(id, RULES.iter().map(|rule| rule.id)).and_then(rule)
}
