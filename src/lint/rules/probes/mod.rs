//! Probes: how the kubelet asks a container whether it is ready, and whether it is alive.

mod absent;
mod probe;

pub mod identical_probes;
pub mod liveness_before_readiness;
pub mod no_liveness_probe;
pub mod no_readiness_probe;
pub mod probe_grace_period_invalid;
pub mod probe_host_set;
pub mod probe_invalid_handler;
pub mod probe_on_init_container;
pub mod probe_port_name_not_found;
pub mod probe_port_undeclared;
pub mod probe_success_threshold;
pub mod probe_timeout_exceeds_period;
pub mod slow_start_without_startup_probe;
