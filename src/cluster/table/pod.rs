//! Pods.

use super::super::Cluster;
use super::super::clock::human;
use super::super::objects::{ContainerStatus, Phase, Pod, State};
use super::{Form, Table, or_none};
use crate::kube::ContainerRole;

pub(super) fn table(cluster: &Cluster, form: Form) -> Table {
    let narrow = ["NAME", "READY", "STATUS", "RESTARTS", "AGE"];
    let wide = ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"];
    let mut table = match form {
        Form::Narrow => Table::of(&narrow),
        Form::Wide => Table::of(&[&narrow[..], &wide].concat()),
    };
    for pod in cluster.store.pods.values().filter(|pod| cluster.is_listed(&pod.meta)) {
        let (ready, all) = ready(pod);
        let mut row = vec![
            pod.meta.key.name.clone(),
            format!("{ready}/{all}"),
            status(cluster, pod),
            restarts(cluster, pod),
            cluster.age(pod.meta.created),
        ];
        if form == Form::Wide {
            row.extend([or_none(pod.ip.clone()), or_none(pod.node.clone()), or_none(None), or_none(None)]);
        }
        table.rows.push(row);
    }
    table
}

/// How many containers are ready, of those that run as long as the pod.
fn ready(pod: &Pod) -> (usize, usize) {
    let long_running = || pod.containers.iter().filter(|status| status.container.is_long_running());
    (long_running().filter(|status| status.is_ready && status.is_running()).count(), long_running().count())
}

/// How often containers were started again, and when the last time was.
fn restarts(cluster: &Cluster, pod: &Pod) -> String {
    let count: u32 = pod.containers.iter().map(|status| status.restarts).sum();
    let exits = pod.containers.iter().filter(|status| status.restarts > 0).filter_map(|status| status.last_exit);
    match exits.max() {
        Some(last) if count > 0 => format!("{count} ({} ago)", human(cluster.now.since(last))),
        _ => count.to_string(),
    }
}

/// What stands under STATUS.
pub(super) fn status(cluster: &Cluster, pod: &Pod) -> String {
    if pod.meta.is_deleting() {
        return "Terminating".to_owned();
    }
    if !pod.is_taken_up {
        return "Pending".to_owned();
    }
    let _ = cluster;
    initializing(pod).unwrap_or_else(|| running(pod))
}

/// What the init containers do, as long as they aren't done.
fn initializing(pod: &Pod) -> Option<String> {
    let inits = || pod.containers.iter().filter(|status| status.container.role() != ContainerRole::Main);
    let count = inits().count();
    for (at, status) in inits().enumerate() {
        let is_sidecar = status.container.role() == ContainerRole::Sidecar;
        match status.state {
            State::Terminated(0) => {}
            State::Running(_) if is_sidecar && status.has_started => {}
            State::Terminated(_) => return Some("Init:Error".to_owned()),
            State::Waiting(reason) if reason != "PodInitializing" => return Some(format!("Init:{reason}")),
            _ => return Some(format!("Init:{at}/{count}")),
        }
    }
    None
}

fn running(pod: &Pod) -> String {
    let mut reason = match pod.phase {
        Phase::Pending => "Pending",
        Phase::Running => "Running",
        Phase::Succeeded => "Succeeded",
        Phase::Failed => "Failed",
    };
    let has_inits = pod.containers.iter().any(|status| status.container.role() != ContainerRole::Main);
    let is_main = |status: &&ContainerStatus| status.container.role() == ContainerRole::Main;
    let mut some_run = false;
    for status in pod.containers.iter().filter(is_main).rev() {
        match status.state {
            State::Waiting("ContainerCreating") if has_inits => reason = "PodInitializing",
            State::Waiting(word) => reason = word,
            State::Terminated(0) => reason = "Completed",
            State::Terminated(_) => reason = "Error",
            State::Running(_) => some_run |= status.is_ready,
        }
    }
    if reason == "Completed" && some_run {
        reason = if pod.is_ready() { "Running" } else { "NotReady" };
    }
    reason.to_owned()
}
