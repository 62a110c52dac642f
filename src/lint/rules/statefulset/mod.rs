//! `StatefulSets`: their Service, and with it the names of their pods.

mod governing_service;

pub mod statefulset_missing_service_name;
pub mod statefulset_service_hides_unready;
pub mod statefulset_service_not_found;
pub mod statefulset_service_not_headless;
pub mod statefulset_service_selector_mismatch;
