//! Services, Ingresses and ports.

mod ports;

pub mod duplicate_port_name;
pub mod external_name_invalid;
pub mod headless_service_with_node_port;
pub mod host_network_port_mismatch;
pub mod ingress_missing_path_type;
pub mod invalid_target_ports;
pub mod service_target_port_not_found;
pub mod service_unnamed_ports;
