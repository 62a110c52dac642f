//! What of a set outlives its pods; one finding for each set, under the data it loses, if it does.

use super::{statefulset_empty_dir_data, statefulset_without_storage};
use crate::kube::{Field, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::Report;

/// The check of both rules.
pub(super) fn check(cx: &Cx, report: &mut Report) {
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        let loses = statefulset_empty_dir_data::concern(set);
        report.leading(set.subject, loses.into_iter().chain(statefulset_without_storage::concern(set)).collect());
    }
}

/// Whether nothing of the set outlives its pods.
pub(super) fn keeps_nothing(set: &WorkloadSubject) -> bool {
    let has_claims = !set.subject.object.at("spec.volumeClaimTemplates").items().is_empty();
    !has_claims && !set.pod.volumes().iter().any(outlives_pods)
}

/// Whether a volume is anything but a directory of the pod, or files that Kubernetes puts there.
fn outlives_pods(volume: &Field) -> bool {
    const GONE_WITH_THE_POD: &[&str] =
        &["name", "emptyDir", "configMap", "secret", "downwardAPI", "projected", "gitRepo", "image"];
    let entries = volume.entries();
    entries.iter().any(|(key, source)| source.is_present() && !GONE_WITH_THE_POD.contains(&&**key))
}
