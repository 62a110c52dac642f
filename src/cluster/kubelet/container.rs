//! The life of a container: pulled, started, asked, ended, tried again.

use super::super::Cluster;
use super::super::clock::Seconds;
use super::super::event::{Because, Record};
use super::super::failure::Failure;
use super::super::objects::{ContainerStatus, Key, Phase, Pod, State, seconds};
use super::super::queue::{Alarm, Step};
use super::{PULLING, RUNNING, STARTING, ready};
use crate::kube::{ContainerRole, Field};

/// The first wait before another try, and the longest.
const BACKOFF: Seconds = 10;
const LONGEST_BACKOFF: Seconds = 300;
/// After a pull that failed it takes so long until the kubelet says that it waits.
const BACKING_OFF: Seconds = 1;
/// How a container ends that was killed.
const KILLED: i32 = 137;

/// Takes up the containers whose turn it is: init containers one after the other, then all others.
pub(super) fn go_on(cluster: &mut Cluster, key: &Key) {
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let mut due = Vec::new();
    for (index, status) in pod.containers.iter().enumerate() {
        let is_done = match status.container.role() {
            ContainerRole::Init => status.state == State::Terminated(0),
            ContainerRole::Sidecar => status.is_running() && status.has_started,
            ContainerRole::Main | ContainerRole::Ephemeral => true,
        };
        if !status.is_taken_up {
            due.push(index);
        }
        if !is_done {
            break;
        }
    }
    for index in due {
        pull(cluster, key, index);
    }
}

/// Changes what is known of a container.
fn change(cluster: &mut Cluster, key: &Key, index: usize, how: impl FnOnce(&mut ContainerStatus)) {
    if let Some(status) = cluster.store.pods.get_mut(key).and_then(|pod| pod.containers.get_mut(index)) {
        how(status);
        cluster.touch();
    }
}

/// Whether what comes is only another try.
fn is_another_try(status: &ContainerStatus) -> bool {
    status.backoff > BACKOFF
}

fn alarm(cluster: &mut Cluster, key: &Key, index: usize, span: Seconds, step: Step) {
    let status = cluster.store.pods.get(key).and_then(|pod| pod.containers.get(index));
    let again = status.is_some_and(is_another_try);
    set(cluster, key, index, span, step, if again { Cluster::alarm_again } else { Cluster::alarm });
}

fn set(
    cluster: &mut Cluster,
    key: &Key,
    index: usize,
    span: Seconds,
    step: Step,
    how: fn(&mut Cluster, Seconds, Alarm),
) {
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let Some(status) = pod.containers.get(index) else { return };
    let (uid, restarts) = (pod.meta.uid.clone(), status.restarts);
    how(cluster, span, Alarm::Container { pod: key.clone(), uid, index, restarts, step });
}

/// The kubelet has noticed that the image can't be pulled, and waits.
fn back_off(cluster: &mut Cluster, key: &Key, index: usize) {
    let Some((pod, status, because)) = look(cluster, key, index, "image") else { return };
    let (about, image, is_first) = (pod.meta.reference(), status.container.image(), status.backoff == BACKOFF);
    change(cluster, key, index, |status| status.state = State::Waiting("ImagePullBackOff"));
    if is_first {
        let record = Record::normal("BackOff", format!("Back-off pulling image \"{image}\""));
        let sentence = format!("{image} is tried again for {}, after longer and longer waits", key.name);
        cluster.tell(about, sentence, Some(because), Some(record));
    }
}

/// Pulls the image, if the node hasn't got it or the manifest says to ask each time.
fn pull(cluster: &mut Cluster, key: &Key, index: usize) {
    change(cluster, key, index, |status| status.is_taken_up = true);
    let Some(pod) = cluster.store.pods.get(key) else { return };
    let Some(status) = pod.containers.get(index) else { return };
    let image = status.container.image();
    let node = pod.node.as_deref().and_then(|node| cluster.store.nodes.get(&Key::new("", node)));
    let is_there = node.is_some_and(|node| node.images.contains(&image))
        && !is_always(&status.container.get("imagePullPolicy"), &image);
    if is_there {
        alarm(cluster, key, index, STARTING, Step::Start);
    } else {
        alarm(cluster, key, index, PULLING, Step::Pulled);
    }
}

/// Whether the image is asked for at every start: so the policy says, or the tag `latest`.
fn is_always(policy: &Field, image: &str) -> bool {
    let tag = image.rsplit('/').next().and_then(|name| name.split_once(':')).map(|(_, tag)| tag);
    let is_latest = !image.contains('@') && tag.is_none_or(|tag| tag == "latest");
    policy.string().map_or(is_latest, |policy| policy == "Always")
}

/// A step in a container's life.
pub(super) fn act(cluster: &mut Cluster, key: &Key, index: usize, step: Step) {
    match step {
        Step::Pulled => pulled(cluster, key, index),
        Step::Start => start(cluster, key, index),
        Step::StartedUp => started_up(cluster, key, index),
        Step::Probed => ready::probed(cluster, key, index),
        Step::Exit(status) => exit(cluster, key, index, status),
        Step::BackOff => back_off(cluster, key, index),
        Step::Retry => retry(cluster, key, index),
    }
}

/// The pod, its container and the place of one of its fields.
fn look<'c>(
    cluster: &'c Cluster,
    key: &Key,
    index: usize,
    field: &str,
) -> Option<(&'c Pod, &'c ContainerStatus, Because)> {
    let pod = cluster.store.pods.get(key)?;
    let status = pod.containers.get(index)?;
    let because = pod.template.spec.because_of(&status.container.field().at(field));
    Some((pod, status, because))
}

fn pulled(cluster: &mut Cluster, key: &Key, index: usize) {
    let Some((pod, status, because)) = look(cluster, key, index, "image") else { return };
    let (image, about, node) = (status.container.image(), pod.meta.reference(), pod.node.clone());
    if cluster.failures.of_image(key, &image) {
        if status.backoff == 0 {
            let message = format!("Failed to pull image \"{image}\"");
            let sentence = format!("{image} can't be pulled for {}", key.name);
            cluster.tell(about, sentence, Some(because), Some(Record::warning("Failed", message)));
        }
        change(cluster, key, index, |status| {
            status.state = State::Waiting("ErrImagePull");
            status.backoff = next_backoff(status.backoff);
        });
        let first = backoff(cluster, key, index) == BACKOFF;
        let alarm_backoff = if first { Cluster::alarm } else { Cluster::alarm_again };
        set(cluster, key, index, BACKING_OFF, Step::BackOff, alarm_backoff);
        let span = backoff(cluster, key, index);
        set(cluster, key, index, span, Step::Retry, Cluster::alarm_again);
        return;
    }
    if let Some(node) = node.and_then(|node| cluster.store.nodes.get_mut(&Key::new("", node))) {
        node.images.insert(image.clone());
    }
    let record = Record::normal("Pulled", format!("Successfully pulled image \"{image}\" in {PULLING}s"));
    cluster.tell(about, format!("{image} is pulled for {}", key.name), Some(because), Some(record));
    change(cluster, key, index, |status| {
        status.backoff = 0;
        if matches!(status.state, State::Waiting("ErrImagePull" | "ImagePullBackOff")) {
            status.state = State::Waiting("ContainerCreating");
        }
    });
    alarm(cluster, key, index, STARTING, Step::Start);
}

fn backoff(cluster: &Cluster, key: &Key, index: usize) -> Seconds {
    let pod = cluster.store.pods.get(key);
    pod.and_then(|pod| pod.containers.get(index)).map_or(BACKOFF, |status| status.backoff.max(1))
}

fn next_backoff(backoff: Seconds) -> Seconds {
    if backoff == 0 { BACKOFF } else { (backoff * 2).min(LONGEST_BACKOFF) }
}

fn start(cluster: &mut Cluster, key: &Key, index: usize) {
    let now = cluster.now;
    let Some((pod, status, because)) = look(cluster, key, index, "image") else { return };
    let (about, name, role) = (pod.meta.reference(), status.container.name(), status.container.role());
    let has_startup = status.container.get("startupProbe").is_present();
    let (restarts, is_only) = (status.restarts, pod.containers.len() == 1);
    let ends = role == ContainerRole::Init || pod.ends_by_itself();
    let is_silent = is_another_try(status);
    change(cluster, key, index, |status| {
        status.state = State::Running(now);
        status.has_started = !has_startup;
        status.is_ready = false;
    });
    let what = if is_only { key.name.clone() } else { format!("{name} of {}", key.name) };
    let how = if restarts == 0 { "starts" } else { "starts again" };
    let record = Record::normal("Started", format!("Started container {name}"));
    if is_silent {
        cluster.touch();
    } else {
        cluster.tell(about, format!("{what} {how}"), Some(because), Some(record));
    }
    ready::set_phase(cluster, key);
    if let Some(code) = cluster.failures.exit_of(key) {
        alarm(cluster, key, index, 1, Step::Exit(code));
    } else if ends {
        alarm(cluster, key, index, RUNNING, Step::Exit(0));
    } else if has_startup {
        let span = probe_delay(cluster, key, index, "startupProbe");
        alarm(cluster, key, index, span, Step::StartedUp);
    } else {
        started_up(cluster, key, index);
    }
}

/// When a probe is content for the first time, counted from when it may ask.
fn probe_delay(cluster: &Cluster, key: &Key, index: usize, probe: &str) -> Seconds {
    let Some((_, status, _)) = look(cluster, key, index, probe) else { return 1 };
    let probe = status.container.get(probe);
    let further = seconds(&probe.get("successThreshold"), 1).saturating_sub(1);
    seconds(&probe.get("initialDelaySeconds"), 0).max(1) + further * seconds(&probe.get("periodSeconds"), 10)
}

fn started_up(cluster: &mut Cluster, key: &Key, index: usize) {
    change(cluster, key, index, |status| status.has_started = true);
    let Some((_, status, _)) = look(cluster, key, index, "readinessProbe") else { return };
    let is_long_running = status.container.is_long_running();
    if is_long_running && status.container.get("readinessProbe").is_present() {
        let span = probe_delay(cluster, key, index, "readinessProbe");
        alarm(cluster, key, index, span, Step::Probed);
    } else if is_long_running {
        change(cluster, key, index, |status| status.is_ready = true);
    }
    watch_liveness(cluster, key, index);
    ready::set_phase(cluster, key);
    go_on(cluster, key);
}

/// Where the liveness probe is never content, it ends the container.
pub(super) fn watch_liveness(cluster: &mut Cluster, key: &Key, index: usize) {
    if !cluster.failures.of(key, Failure::NotAlive) {
        return;
    }
    let Some((_, status, _)) = look(cluster, key, index, "livenessProbe") else { return };
    let probe = status.container.get("livenessProbe");
    if probe.is_present() {
        let asked = seconds(&probe.get("failureThreshold"), 3) * seconds(&probe.get("periodSeconds"), 10);
        let span = seconds(&probe.get("initialDelaySeconds"), 0) + asked;
        alarm(cluster, key, index, span, Step::Exit(KILLED));
    }
}

/// The pod has stopped: all its containers have.
pub(super) fn end_all(cluster: &mut Cluster, key: &Key) {
    let Some(pod) = cluster.store.pods.get_mut(key) else { return };
    pod.ready_since = None;
    for status in pod.containers.iter_mut().filter(|status| status.is_running()) {
        (status.state, status.is_ready) = (State::Terminated(0), false);
    }
}

/// The node was switched off and on: what ran starts again.
pub(super) fn start_all_again(cluster: &mut Cluster, key: &Key) {
    let now = cluster.now;
    let Some(pod) = cluster.store.pods.get_mut(key) else { return };
    let (mut stopped, starts_again) = (Vec::new(), pod.restart_policy() != "Never");
    for (index, status) in pod.containers.iter_mut().enumerate().filter(|(_, status)| status.is_running()) {
        (status.state, status.is_ready, status.has_started) = (State::Terminated(KILLED), false, false);
        (status.restarts, status.last_exit) = (status.restarts + u32::from(starts_again), Some(now));
        stopped.push(index);
    }
    pod.ready_since = pod.ready_since.filter(|_| stopped.is_empty());
    for index in stopped.into_iter().filter(|_| starts_again) {
        alarm(cluster, key, index, STARTING, Step::Start);
    }
    ready::set_phase(cluster, key);
    cluster.touch();
}

fn exit(cluster: &mut Cluster, key: &Key, index: usize, code: i32) {
    let now = cluster.now;
    let field = if code == KILLED { "livenessProbe" } else { "command" };
    let Some((pod, status, because)) = look(cluster, key, index, field) else { return };
    // What was to end it may have been mended since.
    let is_mended = match code {
        0 => false,
        KILLED => !cluster.failures.of(key, Failure::NotAlive),
        code => cluster.failures.exit_of(key) != Some(code),
    };
    if !status.is_running() || is_mended {
        return;
    }
    let (about, name, is_main) =
        (pod.meta.reference(), status.container.name(), status.container.role() != ContainerRole::Init);
    let is_restarted = match (pod.restart_policy().as_str(), code) {
        ("Never", _) | ("OnFailure", 0) => false,
        _ => is_main || code != 0,
    };
    let is_silent = is_another_try(status);
    change(cluster, key, index, |status| {
        status.state = State::Terminated(code);
        (status.is_ready, status.has_started) = (false, false);
        status.last_exit = Some(now);
    });
    if !is_silent {
        let (sentence, record) = match code {
            0 => (format!("{name} of {} has done its work", key.name), None),
            KILLED => {
                let message = format!("Container {name} failed liveness probe, will be restarted");
                let sentence = format!("{name} of {} is killed: its liveness probe has failed too often", key.name);
                (sentence, Some(Record::normal("Killing", message)))
            }
            code => (format!("{name} of {} ends with status {code}", key.name), None),
        };
        cluster.tell(about, sentence, Some(because).filter(|_| code == KILLED), record);
    }
    ready::set_phase(cluster, key);
    if is_restarted {
        restart(cluster, key, index);
    } else {
        go_on(cluster, key);
    }
}

/// Starts a container again: the first time at once, then after longer and longer waits.
fn restart(cluster: &mut Cluster, key: &Key, index: usize) {
    let Some((pod, status, _)) = look(cluster, key, index, "image") else { return };
    let (span, about, name) = (status.backoff, pod.meta.reference(), status.container.name());
    let is_first_wait = span == BACKOFF;
    change(cluster, key, index, |status| {
        if span > 0 {
            status.state = State::Waiting("CrashLoopBackOff");
        }
        status.backoff = next_backoff(span);
    });
    if is_first_wait {
        let message = format!("Back-off restarting failed container {name} in pod {}", key.name);
        let sentence = format!("{} waits {span} seconds before it is started again, and longer each time", key.name);
        cluster.tell(about, sentence, None, Some(Record::warning("BackOff", message)));
    }
    alarm(cluster, key, index, span.max(STARTING), Step::Retry);
}

fn retry(cluster: &mut Cluster, key: &Key, index: usize) {
    let Some((_, status, _)) = look(cluster, key, index, "image") else { return };
    if matches!(status.state, State::Waiting("ErrImagePull" | "ImagePullBackOff")) {
        pull(cluster, key, index);
    } else {
        change(cluster, key, index, |status| status.restarts += 1);
        start(cluster, key, index);
    }
}

/// Where a pod is in its life, from what its containers do.
pub(super) fn phase(pod: &Pod) -> Phase {
    let all = || pod.containers.iter();
    let is_main = |status: &&ContainerStatus| status.container.role() == ContainerRole::Main;
    let is_over = |status: &ContainerStatus| matches!(status.state, State::Terminated(_));
    let policy = pod.restart_policy();
    let ends = policy == "Never" || policy == "OnFailure";
    let has_failed = |status: &ContainerStatus| matches!(status.state, State::Terminated(code) if code != 0);
    if policy == "Never" && all().any(|status| status.container.role() == ContainerRole::Init && has_failed(status)) {
        return Phase::Failed;
    }
    if ends && all().filter(is_main).all(is_over) {
        let is_bad = all().filter(is_main).any(has_failed);
        return match (is_bad, policy.as_str()) {
            (false, _) => Phase::Succeeded,
            (true, "Never") => Phase::Failed,
            (true, _) => Phase::Running,
        };
    }
    let has_begun = all().filter(is_main).any(|status| status.is_running() || is_over(status) || status.restarts > 0);
    if has_begun { Phase::Running } else { Phase::Pending }
}
