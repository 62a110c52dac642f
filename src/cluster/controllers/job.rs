//! Jobs: pods that run to their end, again and again until enough have ended well or too many badly.
//!
//! Follows `pkg/controller/job`. Success and failure policies, and back-off per index, aren't simulated.

use super::super::Cluster;
use super::super::clock::{Moment, Seconds};
use super::super::controller::Controller;
use super::super::event::Record;
use super::super::objects::{Job, JobEnd, Key, Labels, Phase, Pod, seconds};
use super::super::pods::NewPod;
use super::super::queue::Alarm;
use crate::kube::Field;

/// The controller.
pub struct JobController;

impl Controller for JobController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.jobs.keys().cloned().collect();
        for key in keys {
            count(cluster, &key);
            if let Some(job) = cluster.store.jobs.get(&key).cloned() {
                sync(cluster, &job);
            }
        }
    }
}

/// Unless the manifest says otherwise, so many pods may end badly.
const BACKOFF_LIMIT: usize = 6;
/// After the first failure so long is waited, then twice as long each time.
const BACKOFF: Seconds = 10;
const LONGEST_BACKOFF: Seconds = 600;

impl Job {
    /// A field of its `spec`.
    pub fn field(&self, name: &str) -> Field {
        self.spec.at(&self.at).at("spec").at(name)
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.field(name).integer().map(|number| usize::try_from(number).unwrap_or(0))
    }

    /// How many pods have to end well; `None` where one that does says that the work is done.
    pub fn completions(&self) -> Option<usize> {
        match (self.number("completions"), self.number("parallelism")) {
            (None, None) => Some(1),
            (completions, _) => completions,
        }
    }

    /// How many pods may run at once.
    pub fn parallelism(&self) -> usize {
        self.number("parallelism").unwrap_or(1)
    }

    fn is_indexed(&self) -> bool {
        self.field("completionMode").is("Indexed")
    }
}

/// Counts the pods that have ended since.
fn count(cluster: &mut Cluster, key: &Key) {
    let Some(job) = cluster.store.jobs.get(key) else { return };
    let pods = cluster.store.pods_of(&job.meta.uid).filter(|pod| pod.has_ended());
    let new: Vec<_> = pods.filter(|pod| !job.counted.contains(&pod.meta.uid)).collect();
    let new: Vec<(String, Phase)> = new.into_iter().map(|pod| (pod.meta.uid.clone(), pod.phase)).collect();
    let now = cluster.now;
    let Some(job) = cluster.store.jobs.get_mut(key).filter(|_| !new.is_empty()) else { return };
    let mut wait = None;
    for (uid, phase) in new {
        job.counted.push(uid);
        if phase == Phase::Succeeded {
            job.succeeded += 1;
            continue;
        }
        let doublings = u32::try_from(job.failed).unwrap_or(u32::MAX).min(10);
        let span = (BACKOFF << doublings).min(LONGEST_BACKOFF);
        job.failed += 1;
        job.not_before = now.after(span);
        wait = Some(span);
    }
    cluster.touch();
    if let Some(span) = wait {
        cluster.alarm(span, Alarm::Look);
    }
}

fn sync(cluster: &mut Cluster, job: &Job) {
    if job.end.is_some() {
        forget(cluster, job);
        return;
    }
    let active: Vec<Key> =
        cluster.store.pods_of(&job.meta.uid).filter(|pod| pod.is_active()).map(|pod| pod.meta.key.clone()).collect();
    let limit = job.number("backoffLimit").unwrap_or(BACKOFF_LIMIT);
    let deadline = job.field("activeDeadlineSeconds");
    let is_late = deadline.is_present() && cluster.now.since(job.meta.created) >= seconds(&deadline, 0);
    if job.failed > limit {
        let message = "Job has reached the specified backoff limit";
        let sentence = format!("Job {} has failed: {} of its pods ended badly", job.meta.key.name, job.failed);
        end(cluster, job, &active, JobEnd::Failed, sentence, Record::warning("BackoffLimitExceeded", message));
    } else if is_late {
        let message = "Job was active longer than specified deadline";
        let sentence = format!("Job {} has failed: its time is up", job.meta.key.name);
        end(cluster, job, &active, JobEnd::Failed, sentence, Record::warning("DeadlineExceeded", message));
    } else if is_complete(job, active.len()) {
        let sentence = format!("Job {} is complete: {} of its pods ended well", job.meta.key.name, job.succeeded);
        end(cluster, job, &active, JobEnd::Complete, sentence, Record::normal("Completed", "Job completed"));
    } else if !job.field("suspend").is_true() && cluster.now >= job.not_before {
        make_missing(cluster, job, active.len());
    }
}

fn is_complete(job: &Job, active: usize) -> bool {
    match job.completions() {
        Some(completions) => job.succeeded >= completions,
        None => job.succeeded > 0 && active == 0,
    }
}

fn make_missing(cluster: &mut Cluster, job: &Job, active: usize) {
    let wanted = match job.completions() {
        Some(completions) => job.parallelism().min(completions.saturating_sub(job.succeeded)),
        None if job.succeeded > 0 => active,
        None => job.parallelism(),
    };
    for _ in active..wanted.min(super::super::MAX_PODS) {
        if cluster.has_room() {
            make(cluster, job);
        }
    }
}

/// The smallest index that no pod has done or is at.
fn free_index(cluster: &Cluster, job: &Job) -> usize {
    let is_taken = |index: usize| {
        let pods = cluster.store.pods_of(&job.meta.uid);
        pods.filter(|pod| pod.phase != Phase::Failed).any(|pod| index_of(pod) == Some(index))
    };
    (0..=job.completions().unwrap_or(0)).find(|index| !is_taken(*index)).unwrap_or(0)
}

const INDEX: &str = "batch.kubernetes.io/job-completion-index";

fn index_of(pod: &Pod) -> Option<usize> {
    pod.meta.labels.get(INDEX)?.parse().ok()
}

fn make(cluster: &mut Cluster, job: &Job) {
    let made = cluster.store.jobs.get(&job.meta.key).map_or(0, |job| job.made);
    let ending = cluster.settings.seed.ending(&format!("pod of {} {made}", job.meta.uid), 5);
    let own = &job.meta.key.name;
    let mut labels = Labels::new();
    for key in ["batch.kubernetes.io/job-name", "job-name"] {
        labels.insert(key.to_owned(), own.clone());
    }
    for key in ["batch.kubernetes.io/controller-uid", "controller-uid"] {
        labels.insert(key.to_owned(), job.meta.uid.clone());
    }
    let name = if job.is_indexed() {
        let index = free_index(cluster, job);
        labels.insert(INDEX.to_owned(), index.to_string());
        format!("{own}-{index}-{ending}")
    } else {
        format!("{own}-{ending}")
    };
    let key = job.meta.key.beside(&name);
    let (template, owner) = (job.template.clone(), Some(job.meta.as_owner()));
    cluster.add_pod(NewPod { key: key.clone(), template, labels, owner, claims: Vec::new() });
    if let Some(job) = cluster.store.jobs.get_mut(&job.meta.key) {
        job.made += 1;
    }
    let place = job.spec.because_of(&job.field("parallelism"));
    let again = if job.failed > 0 { ", another try" } else { "" };
    if let Some(about) = cluster.store.pods.get(&key).map(|pod| pod.meta.reference()) {
        let record = Record::normal("SuccessfulCreate", format!("Created pod: {name}")).of(job.meta.reference());
        cluster.tell(about, format!("{name} is made for Job {own}{again}"), Some(place), Some(record));
    }
}

fn end(cluster: &mut Cluster, job: &Job, active: &[Key], end: JobEnd, sentence: String, record: Record) {
    let now = cluster.now;
    for pod in active {
        cluster.stop_pod(pod, None);
    }
    if let Some(job) = cluster.store.jobs.get_mut(&job.meta.key) {
        job.end = Some((end, now));
    }
    let place = job.spec.because_of(&job.field(if end == JobEnd::Complete { "completions" } else { "backoffLimit" }));
    cluster.tell(job.meta.reference(), sentence, Some(place), Some(record));
    let ttl = job.field("ttlSecondsAfterFinished");
    if ttl.is_present() {
        cluster.alarm(seconds(&ttl, 0), Alarm::Look);
    }
}

/// Deletes a Job that has ended, if it says so and the time has come.
fn forget(cluster: &mut Cluster, job: &Job) {
    let (ttl, ended) = (job.field("ttlSecondsAfterFinished"), job.end.map_or(Moment::START, |(_, at)| at));
    if ttl.is_present() && cluster.now.since(ended) >= seconds(&ttl, 0) {
        cluster.store.jobs.remove(&job.meta.key);
        let sentence = format!("Job {} is deleted: it ended long enough ago", job.meta.key.name);
        cluster.tell(job.meta.reference(), sentence, Some(job.spec.because_of(&ttl)), None);
    }
}
