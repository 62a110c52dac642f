//! Probes that aren't there: one finding per container, under the readiness probe where both are missing.

use super::{no_liveness_probe, no_readiness_probe};
use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::Report;

/// The check of both rules.
pub(super) fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| wants_probes(workload)) {
        for container in workload.pod.containers() {
            let readiness = no_readiness_probe::concern(cx, workload, &container);
            let liveness = no_liveness_probe::concern(&container);
            report.leading(workload.subject, readiness.into_iter().chain(liveness).collect());
        }
    }
}

/// Whether the pods run on and serve. What ends (Jobs, hooks, tests, pods that aren't started again) needs no probes.
/// Init containers may not have any, sidecars and ephemeral containers needn't.
pub(super) fn wants_probes(workload: &WorkloadSubject) -> bool {
    let policy = workload.pod.get("restartPolicy");
    let ends = workload.workload.kind == WorkloadKind::Pod && (policy.is("Never") || policy.is("OnFailure"));
    let is_hook = workload.subject.object.metadata().get("annotations").get("helm.sh/hook").is_present();
    workload.workload.kind.is_long_running() && !ends && !is_hook
}
