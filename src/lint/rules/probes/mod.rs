//! Probes: how the kubelet asks a container whether it is ready, and whether it is alive.

mod absent;

pub mod no_liveness_probe;
pub mod no_readiness_probe;
