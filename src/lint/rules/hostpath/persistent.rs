//! `PersistentVolumes` that are a directory of the node.

use super::{Access, HostPath, level::Level};
use super::{
    docker_sock, host_path_backsteps, host_path_create, host_path_not_absolute, host_path_persistent_volume,
    host_path_type_conflict, host_path_type_missing, sensitive_host_mounts,
};
use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};

/// Looks at every `PersistentVolume` with a `hostPath`.
pub(super) fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("", "PersistentVolume") {
        let field = subject.object.at("spec.hostPath");
        if field.is_present() {
            report.leading(subject, concerns(&host_path(subject, field)));
        }
    }
}

/// All that is wrong with a volume, the gravest first.
fn concerns(host: &HostPath) -> Vec<Concern> {
    if let Some(refused) = host_path_backsteps::concern(host).or_else(|| host_path_not_absolute::concern(host)) {
        // Where it leads nobody knows.
        return vec![refused];
    }
    let found = [
        docker_sock::concern(host),
        sensitive_host_mounts::concern(host),
        host_path_type_conflict::concern(host),
        Some(host_path_persistent_volume::concern(host)),
        host_path_type_missing::concern(host),
        host_path_create::concern(host),
    ];
    found.into_iter().flatten().collect()
}

fn host_path(subject: Subject, field: Field) -> HostPath {
    let spec = subject.object.spec();
    let modes = spec.get("accessModes").items();
    let only_reads = !modes.is_empty() && modes.iter().all(|mode| mode.is("ReadOnlyMany"));
    let access = if only_reads { Access::Read } else { Access::Write };
    let path = field.get("path").string().unwrap_or_default();
    HostPath {
        level: Level::of(&path, access == Access::Write, &[]),
        title: format!("PersistentVolume `{}`", subject.object.name()),
        is_node_agent: false,
        field,
        access,
    }
}
