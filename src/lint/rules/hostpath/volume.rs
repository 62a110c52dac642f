//! `hostPath` volumes of pods.

use super::{Access, HostPath, level::Level};
use super::{
    docker_sock, host_path_backsteps, host_path_create, host_path_multi_node, host_path_not_absolute,
    host_path_subpath, host_path_type_conflict, host_path_type_missing, host_path_volume, sensitive_host_mounts,
    writable_host_mount,
};
use crate::kube::{Container, Field, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;

/// A mount of a volume.
pub(super) struct Mount {
    /// What a sentence calls the container.
    pub(super) container: String,
    /// The entry of `volumeMounts`.
    pub(super) field: Field,
}

impl Mount {
    pub(super) fn can_write(&self) -> bool {
        !self.field.get("readOnly").is_true()
    }
}

/// Looks at every `hostPath` volume of every workload.
pub(super) fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        for volume in workload.pod.volumes() {
            if volume.get("hostPath").is_present() {
                report.leading(workload.subject, concerns(workload, &volume));
            }
        }
    }
}

/// All that is wrong with a volume, the gravest first.
fn concerns(workload: &WorkloadSubject, volume: &Field) -> Vec<Concern> {
    let mounts = mounts(workload, volume);
    let host = host_path(workload, volume, &mounts);
    if let Some(refused) = host_path_backsteps::concern(&host).or_else(|| host_path_not_absolute::concern(&host)) {
        // Where it leads nobody knows.
        return vec![refused];
    }
    let own = host.level == Level::Other;
    let found = [
        docker_sock::concern(&host),
        sensitive_host_mounts::concern(&host),
        host_path_type_conflict::concern(&host),
        host_path_multi_node::concern(&host, workload),
        own.then(|| writable_host_mount::concern(&host, &mounts)).flatten(),
        host_path_volume::concern(&host),
        // Of a path that is grave in itself: who writes is said beside it.
        (!own).then(|| writable_host_mount::concern(&host, &mounts)).flatten(),
        host_path_subpath::concern(&host, &mounts),
        host_path_type_missing::concern(&host),
        host_path_create::concern(&host),
    ];
    found.into_iter().flatten().collect()
}

fn host_path(workload: &WorkloadSubject, volume: &Field, mounts: &[Mount]) -> HostPath {
    let field = volume.get("hostPath");
    let access = if mounts.iter().any(Mount::can_write) {
        Access::Write
    } else if mounts.is_empty() {
        Access::None
    } else {
        Access::Read
    };
    let path = field.get("path").string().unwrap_or_default();
    HostPath {
        level: Level::of(&path, access == Access::Write, &owners(workload)),
        title: format!("volume `{}`", volume.get("name").string().unwrap_or_default()),
        is_node_agent: workload.workload.kind == WorkloadKind::DaemonSet,
        field,
        access,
    }
}

/// The names a program's own place on the node may bear.
fn owners(workload: &WorkloadSubject) -> Vec<String> {
    let containers = workload.pod.containers();
    let names = containers.iter().map(Container::name).chain([workload.subject.object.name()]);
    names.filter(|name| !name.is_empty()).collect()
}

/// The mounts of a volume in all containers.
fn mounts(workload: &WorkloadSubject, volume: &Field) -> Vec<Mount> {
    let Some(name) = volume.get("name").string() else { return Vec::new() };
    let in_container = |container: Container| {
        let of_volume = container.get("volumeMounts").items().into_iter().filter(|mount| mount.get("name").is(&name));
        let mount = |field| Mount { container: container_name(&container), field };
        of_volume.map(mount).collect::<Vec<_>>()
    };
    workload.pod.all_containers().into_iter().flat_map(in_container).collect()
}
