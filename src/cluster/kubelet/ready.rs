//! When a pod is Ready, and how that is told.

use super::super::Cluster;
use super::super::event::{Because, Record};
use super::super::failure::Failure;
use super::super::objects::{Key, Phase, Pod};
use super::container::phase;
use crate::kube::Field;

/// The readiness probe asks.
pub(super) fn probed(cluster: &mut Cluster, key: &Key, index: usize) {
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let Some(status) = pod.containers.get(index).filter(|status| status.is_running()) else { return };
    if cluster.failures.of(key, Failure::NeverReady) {
        let because = pod.template.spec.because_of(&status.container.get("readinessProbe"));
        let sentence = format!("{} isn't Ready: its readiness probe fails, and is asked again and again", key.name);
        let record = Record::warning("Unhealthy", "Readiness probe failed");
        let about = pod.meta.reference();
        cluster.tell_wait(about, sentence, Some(because), Some(record));
        return;
    }
    if let Some(status) = cluster.store.pods.get_mut(key).and_then(|pod| pod.containers.get_mut(index)) {
        status.is_ready = true;
    }
    cluster.touch();
    set_phase(cluster, key);
}

/// A pod's readiness probes fail from now on. Without one, Kubernetes doesn't notice.
pub(super) fn lose(cluster: &mut Cluster, key: &Key) {
    let Some(pod) = cluster.store.pods.get_mut(key) else { return };
    let mut has_probe = false;
    for status in &mut pod.containers {
        if status.container.get("readinessProbe").is_present() {
            (status.is_ready, has_probe) = (false, true);
        }
    }
    let probes = pod.containers.iter().map(|status| status.container.get("readinessProbe"));
    let because = match probes.into_iter().find(Field::is_present) {
        Some(probe) => pod.template.spec.because_of(&probe),
        None => pod.template.because("containers"),
    };
    let about = pod.meta.reference();
    if has_probe {
        if pod.ready_since.is_some() {
            let record = Record::warning("Unhealthy", "Readiness probe failed");
            let sentence = format!("{} is no longer Ready: its readiness probe fails", key.name);
            cluster.tell(about, sentence, Some(because), Some(record));
        }
        set_phase(cluster, key);
    } else {
        let sentence = format!("{} has no readiness probe: whatever happens in it, it counts as Ready", key.name);
        cluster.tell(about, sentence, Some(because), None);
    }
}

/// Works out where a pod is in its life, and whether it is Ready.
pub(super) fn set_phase(cluster: &mut Cluster, key: &Key) {
    let now = cluster.now;
    let Some(pod) = cluster.store.pods.get_mut(key) else { return };
    pod.phase = phase(pod);
    let long_running = pod.containers.iter().filter(|status| status.container.is_long_running());
    let is_ready = pod.phase == Phase::Running && long_running.into_iter().all(|status| status.is_ready);
    match (is_ready, pod.ready_since) {
        (true, None) => pod.ready_since = Some(now),
        (false, Some(_)) => pod.ready_since = None,
        _ => return cluster.touch(),
    }
    let (about, is_deleting) = (pod.meta.reference(), pod.meta.is_deleting());
    if is_ready && !is_deleting {
        let (sentence, because) = reason(pod);
        cluster.tell(about, sentence, Some(because), None);
    } else {
        cluster.touch();
    }
}

fn reason(pod: &Pod) -> (String, Because) {
    let name = &pod.meta.key.name;
    let probed = pod.containers.iter().map(|status| status.container.get("readinessProbe"));
    if let Some(probe) = probed.into_iter().find(Field::is_present) {
        let because = pod.template.spec.because_of(&probe);
        return (format!("{name} is Ready: its readiness probe is content"), because);
    }
    let sentence = format!("{name} is Ready as soon as it runs: it has no readiness probe");
    let first = pod
        .containers
        .iter()
        .rfind(|status| status.container.is_long_running())
        .map(|status| status.container.get("readinessProbe"));
    let field = first.unwrap_or_else(|| pod.template.field.clone());
    (sentence, pod.template.spec.because_of(&field))
}
