//! Objects that name others, or select them by their labels.

pub(in crate::lint::rules) mod dangling;
mod selectors;

pub mod binding_subject_without_namespace;
pub mod cross_namespace_reference;
pub mod dangling_config_map;
pub mod dangling_horizontalpodautoscaler;
pub mod dangling_image_pull_secret;
pub mod dangling_ingress;
pub mod dangling_ingress_port;
pub mod dangling_key;
pub mod dangling_networkpolicy;
pub mod dangling_networkpolicypeer_podselector;
pub mod dangling_pdb;
pub mod dangling_role_ref;
pub mod dangling_secret;
pub mod dangling_service;
pub mod dangling_servicemonitor;
pub mod dangling_subject;
pub mod dangling_webhook_service;
pub mod duplicate_object;
pub mod hard_coded_name;
pub mod hard_coded_namespace;
pub mod mismatching_selector;
pub mod missing_selector;
pub mod non_existent_service_account;
pub mod overlapping_selectors;
pub mod service_selects_several_workloads;
pub mod service_without_selector;
pub mod test_pod_gets_traffic;
