//! What a container may do, on its node and elsewhere.

mod context;
mod levels;
mod rbac;
mod tokens;

pub mod anonymous_binding;
pub mod cluster_admin_role_binding;
pub mod dangerous_capabilities;
pub mod drop_net_raw_capability;
pub mod env_var_secret;
pub mod exposed_credential;
pub mod host_ipc;
pub mod host_network;
pub mod host_pid;
pub mod host_port;
pub mod ingress_snippet_annotation;
pub mod legacy_service_account_token;
pub mod no_read_only_root_fs;
pub mod pod_security_level;
pub mod privilege_escalation_conflict;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod rbac_escalation_verbs;
pub mod run_as_non_root;
pub mod run_as_root_conflict;
pub mod secret_in_config_map;
pub mod security_profile_unconfined;
pub mod service_external_ips;
pub mod ssh_port;
pub mod unsafe_proc_mount;
pub mod unsafe_sysctls;
pub mod webhook_may_block_cluster;
pub mod wildcard_in_rules;
pub mod windows_host_process;
