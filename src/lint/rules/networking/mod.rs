//! Services, Ingresses and ports.

mod ports;

pub mod dnsconfig_options;
pub mod duplicate_port_name;
pub mod exposed_services;
pub mod external_name_invalid;
pub mod fixed_node_port;
pub mod headless_service_with_node_port;
pub mod host_network_dns_policy;
pub mod host_network_port_mismatch;
pub mod ingress_duplicate_path;
pub mod ingress_missing_path_type;
pub mod ingress_tls_host_mismatch;
pub mod ingress_without_host;
pub mod ingress_without_tls;
pub mod invalid_target_ports;
pub mod non_isolated_pod;
pub mod service_target_port_not_found;
pub mod service_target_port_undeclared;
pub mod service_unnamed_ports;
