//! Files and directories of the node inside of pods: one finding per volume, under its gravest fault.

mod level;
mod path;
mod persistent;
mod volume;

pub mod docker_sock;
pub mod host_path_backsteps;
pub mod host_path_create;
pub mod host_path_multi_node;
pub mod host_path_not_absolute;
pub mod host_path_persistent_volume;
pub mod host_path_subpath;
pub mod host_path_type_conflict;
pub mod host_path_type_missing;
pub mod host_path_volume;
pub mod sensitive_host_mounts;
pub mod writable_host_mount;

use super::super::cx::Cx;
use super::super::report::Report;
use super::super::rule::Rule;
use crate::kube::Field;

/// The check of every rule of the family.
fn check(cx: &Cx, report: &mut Report) {
    volume::check(cx, report);
    persistent::check(cx, report);
}

/// A `hostPath` and what is known of its use, whichever object it stands in.
struct HostPath {
    /// The `hostPath` field.
    field: Field,
    /// How a sentence calls what holds it: volume `x` of …
    title: String,
    /// What the path leads to.
    level: level::Level,
    /// What is done with it.
    access: Access,
    /// Where the node agents are at home, directories of the node are a smaller matter.
    is_node_agent: bool,
}

/// What the pods may do with a path of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// Something can write.
    Write,
    /// Everything that mounts it only reads.
    Read,
    /// Nothing mounts it.
    None,
}

impl HostPath {
    /// The path as it is written, empty where it isn't a string.
    fn path(&self) -> String {
        self.field.get("path").string().unwrap_or_default()
    }

    /// `type`, where it says something.
    fn kind(&self) -> Option<String> {
        self.field.get("type").string().filter(|kind| !kind.is_empty())
    }
}

/// A concern about the path itself.
fn about_path(host: &HostPath, rule: &'static Rule, message: String, fix: &str) -> super::super::report::Concern {
    let path = host.field.get("path").path().clone();
    super::super::report::Concern { rule, severity: rule.severity, message, fix: fix.to_owned(), path }
}
