//! Whether a rollout comes on.

use super::super::super::Cluster;
use super::super::super::clock::Seconds;
use super::super::super::objects::{Deployment, seconds};
use super::super::super::queue::Alarm;
use super::{newest, old};

/// Unless the manifest says otherwise, a rollout may stand still for so long.
const DEADLINE: Seconds = 600;

/// Tells when a rollout has stood still for too long. Nothing is done about it: nobody rolls back by himself.
pub(super) fn watch(cluster: &mut Cluster, deployment: &Deployment) {
    let Some(new) = newest(cluster, deployment) else { return };
    let left: usize = old(cluster, deployment).iter().map(|set| set.current).sum();
    let progress = vec![new.current, new.ready, new.available, left, new.replicas];
    let is_done = new.available == deployment.replicas && left == 0;
    let deadline = seconds(&deployment.spec.at("spec.progressDeadlineSeconds"), DEADLINE);
    let now = cluster.now;
    let Some(kept) = cluster.store.deployments.get_mut(&deployment.meta.key) else { return };
    if kept.progress != progress {
        kept.progress = progress;
        kept.progressed_at = now;
        cluster.touch();
        let alarm = Alarm::Deadline(deployment.meta.key.clone());
        cluster.queue.cancel(&alarm);
        if !is_done {
            cluster.alarm(deadline, alarm);
        }
        return;
    }
    if !is_done && now.since(kept.progressed_at) >= deadline {
        let name = &deployment.meta.key.name;
        let sentence = format!(
            "the rollout of {name} hasn't come on for {deadline} seconds (ProgressDeadlineExceeded); it isn't undone"
        );
        let because = deployment.spec.because("spec.progressDeadlineSeconds");
        let revision = deployment.revision;
        cluster.tell_once(deployment.meta.reference(), format!("{sentence}: revision {revision}"), Some(because));
    }
}
