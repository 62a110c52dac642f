//! How many pods a workload has: what it says itself, or what a rendered autoscaler makes of it.

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject, WorkloadSubject};

/// How many pods a workload has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// At the least.
    pub(super) least: i64,
    /// At the most; `None` where that can't be read.
    pub(super) most: Option<i64>,
}

impl Scale {
    /// Of a workload that has replicas. One of any other kind counts as one pod.
    pub(super) fn of(cx: &Cx, workload: &WorkloadSubject) -> Self {
        let own = workload.subject.object.at("spec.replicas").integer().unwrap_or(1);
        let Some(subject) = autoscaler(cx, workload) else {
            return Self { least: own, most: Some(own) };
        };
        let spec = subject.object.spec();
        let (least, most) = if subject.object.gvk().group == KEDA {
            let most = spec.get("maxReplicaCount");
            (
                spec.get("minReplicaCount").integer().unwrap_or(0),
                if most.is_present() { most.integer() } else { Some(100) },
            )
        } else {
            (spec.get("minReplicas").integer().unwrap_or(1), spec.get("maxReplicas").integer())
        };
        Self { least, most }
    }
}

const KEDA: &str = "keda.sh";

/// The rendered autoscaler that drives a workload, Kubernetes' own or KEDA's.
pub(super) fn autoscaler<'a>(cx: &Cx<'a>, workload: &WorkloadSubject) -> Option<Subject<'a>> {
    let scalers = cx.of_kind("autoscaling", "HorizontalPodAutoscaler").chain(cx.of_kind(KEDA, "ScaledObject"));
    let namespace = cx.namespace(workload.subject.object);
    let mut near = scalers.filter(|scaler| cx.namespace(scaler.object) == namespace);
    near.find(|scaler| drives(&scaler.object.at("spec.scaleTargetRef"), workload))
}

/// The workload that an autoscaler drives, if it is rendered.
pub(super) fn driven<'c, 'a>(cx: &'c Cx<'a>, scaler: Subject) -> Option<&'c WorkloadSubject<'a>> {
    let (target, namespace) = (scaler.object.at("spec.scaleTargetRef"), cx.namespace(scaler.object));
    let mut near = cx.workloads().iter().filter(|workload| cx.namespace(workload.subject.object) == namespace);
    near.find(|workload| drives(&target, workload))
}

/// Whether a reference names a workload. Where it names no kind, KEDA takes a Deployment.
fn drives(target: &Field, workload: &WorkloadSubject) -> bool {
    let object = workload.subject.object;
    let kind = target.get("kind").string().unwrap_or_else(|| "Deployment".to_owned());
    kind == object.kind() && target.get("name").string().is_some_and(|name| name == object.name())
}
