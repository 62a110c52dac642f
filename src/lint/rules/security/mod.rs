//! What a container may do, on its node and elsewhere.

mod context;

pub mod drop_net_raw_capability;
pub mod env_var_secret;
pub mod host_ipc;
pub mod host_network;
pub mod host_pid;
pub mod no_read_only_root_fs;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod run_as_non_root;
pub mod run_as_root_conflict;
pub mod ssh_port;
pub mod unsafe_sysctls;
