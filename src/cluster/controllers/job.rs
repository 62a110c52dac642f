//! Jobs: pods that run to their end, again and again until enough have ended well or too many badly.
//!
//! Follows `pkg/controller/job`.

mod policy;

use super::super::Cluster;
use super::super::clock::{Moment, Seconds};
use super::super::controller::Controller;
use super::super::event::Record;
use super::super::objects::{Job, JobEnd, Key, Labels, Phase, Pod, seconds};
use super::super::pods::NewPod;
use super::super::queue::Alarm;
use crate::kube::Field;
use policy::{Cause, Verdict};

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

    /// Whether a pod that is asked to stop has to be gone before another one takes its place.
    fn replaces_only_failed(&self) -> bool {
        let policy = self.field("podReplacementPolicy");
        policy.is("Failed") || !policy.is_present() && self.field("podFailurePolicy").is_present()
    }

    /// Whether pods that had to go don't count as failed.
    fn ignores_disruptions(&self) -> bool {
        policy::ignores_disruptions(&self.field("podFailurePolicy"))
    }
}

/// A pod that has ended since.
struct Ended {
    uid: String,
    index: Option<usize>,
    verdict: Option<Verdict>,
}

/// The pods of a Job that have ended since, or that it counts as ended because they are asked to stop.
fn ended(cluster: &Cluster, job: &Job) -> Vec<Ended> {
    let mut found = Vec::new();
    for pod in cluster.store.pods_of(&job.meta.uid).filter(|pod| !job.counted.contains(&pod.meta.uid)) {
        let is_leaving = pod.meta.is_deleting() && !pod.has_ended();
        let verdict = match pod.phase {
            Phase::Succeeded => None,
            Phase::Failed => Some(policy::verdict(job, pod, Cause::Own)),
            Phase::Pending | Phase::Running if is_leaving && !job.replaces_only_failed() => {
                Some(policy::verdict(job, pod, Cause::Disruption))
            }
            Phase::Pending | Phase::Running => continue,
        };
        found.push(Ended { uid: pod.meta.uid.clone(), index: index_of(pod), verdict });
    }
    let is_gone = |uid: &String| !cluster.store.pods_of(&job.meta.uid).any(|pod| pod.meta.uid == *uid);
    let gone = job.leaving.iter().filter(|(uid, _)| !job.counted.contains(uid) && is_gone(uid));
    let counts = |(uid, index): &(String, Option<usize>)| Ended {
        uid: uid.clone(),
        index: *index,
        verdict: Some(if job.ignores_disruptions() { Verdict::Ignored } else { Verdict::Counts }),
    };
    found.extend(gone.map(counts));
    found
}

/// Counts the pods that have ended since.
fn count(cluster: &mut Cluster, key: &Key) {
    let Some(job) = cluster.store.jobs.get(key) else { return };
    let new = ended(cluster, job);
    let leaving = cluster.store.pods_of(&job.meta.uid).filter(|pod| pod.meta.is_deleting() && !pod.has_ended());
    let leaving = leaving.filter(|pod| job.leaving.iter().all(|(uid, _)| *uid != pod.meta.uid));
    let leaving: Vec<_> = leaving.map(|pod| (pod.meta.uid.clone(), index_of(pod))).collect();
    let now = cluster.now;
    let Some(job) = cluster.store.jobs.get_mut(key) else { return };
    if new.is_empty() && leaving.is_empty() {
        return;
    }
    job.leaving.extend(leaving);
    let waits: Vec<Seconds> = new.into_iter().filter_map(|ended| take_in(job, ended, now)).collect();
    cluster.touch();
    for span in waits {
        cluster.alarm(span, Alarm::Look);
    }
}

/// Takes the end of a pod in. How long to wait before the next one is made, if at all.
fn take_in(job: &mut Job, Ended { uid, index, verdict }: Ended, now: Moment) -> Option<Seconds> {
    let limit = job.number("backoffLimitPerIndex");
    job.counted.push(uid);
    let Some(verdict) = verdict else {
        job.succeeded += 1;
        if let Some(index) = index {
            job.indexes.entry(index).or_default().has_succeeded = true;
        }
        return None;
    };
    match verdict {
        Verdict::Ignored => return None,
        Verdict::FailsJob(message) => job.doom = Some(message),
        Verdict::FailsIndex => job.failed_indexes.extend(index),
        Verdict::Counts => {}
    }
    job.failed += 1;
    let Some((index, limit)) = index.zip(limit) else {
        let span = backoff(job.failed);
        job.not_before = now.after(span);
        return Some(span);
    };
    let record = job.indexes.entry(index).or_default();
    record.failures += 1;
    let span = backoff(record.failures);
    record.not_before = now.after(span);
    if record.failures > limit {
        job.failed_indexes.insert(index);
    }
    Some(span)
}

/// How long to wait after so many failures.
fn backoff(failures: usize) -> Seconds {
    let doublings = u32::try_from(failures.saturating_sub(1)).unwrap_or(u32::MAX).min(10);
    (BACKOFF << doublings).min(LONGEST_BACKOFF)
}

fn sync(cluster: &mut Cluster, job: &Job) {
    if job.end.is_some() {
        forget(cluster, job);
        return;
    }
    let pods = || cluster.store.pods_of(&job.meta.uid);
    let active: Vec<Key> = pods().filter(|pod| pod.is_active()).map(|pod| pod.meta.key.clone()).collect();
    let terminating = pods().filter(|pod| pod.meta.is_deleting() && !pod.has_ended()).count();
    if let Some(outcome) = outcome(cluster, job, active.len()) {
        end(cluster, job, &active, outcome);
    } else if !job.field("suspend").is_true() && cluster.now >= job.not_before {
        let held = if job.replaces_only_failed() { terminating } else { 0 };
        make_missing(cluster, job, active.len(), held);
    } else if job.field("suspend").is_true() {
        suspend(cluster, job, &active);
    }
}

/// A Job that is suspended has no pods. Those that go for that don't count as failed.
fn suspend(cluster: &mut Cluster, job: &Job, active: &[Key]) {
    let uids: Vec<String> =
        active.iter().filter_map(|pod| Some(cluster.store.pods.get(pod)?.meta.uid.clone())).collect();
    if let Some(job) = cluster.store.jobs.get_mut(&job.meta.key) {
        job.counted.extend(uids);
    }
    for pod in active {
        cluster.stop_pod(pod, None);
    }
    let sentence = format!("Job {} is suspended: it gets no pods", job.meta.key.name);
    let place = Some(job.spec.because_of(&job.field("suspend")));
    let record = Record::normal("Suspended", "Job suspended");
    cluster.tell_wait(job.meta.reference(), sentence, place, Some(record));
}

/// How a Job ends.
struct Outcome {
    end: JobEnd,
    sentence: String,
    record: Record,
    /// The field that decides.
    field: &'static str,
}

fn failure(reason: &'static str, message: &str, sentence: String, field: &'static str) -> Outcome {
    Outcome { end: JobEnd::Failed, sentence, record: Record::warning(reason, message), field }
}

/// How a Job ends now, if it does.
fn outcome(cluster: &Cluster, job: &Job, active: usize) -> Option<Outcome> {
    let name = &job.meta.key.name;
    let per_index = job.number("backoffLimitPerIndex");
    let limit = job.number("backoffLimit").unwrap_or(if per_index.is_some() { usize::MAX } else { BACKOFF_LIMIT });
    let deadline = job.field("activeDeadlineSeconds");
    let is_late = deadline.is_present() && cluster.now.since(job.meta.created) >= seconds(&deadline, 0);
    let failed_indexes = job.failed_indexes.len();
    if let Some(message) = &job.doom {
        let sentence = format!("Job {name} has failed, and isn't tried again: {message}");
        return Some(failure("PodFailurePolicy", message, sentence, "podFailurePolicy"));
    }
    if job.number("maxFailedIndexes").is_some_and(|most| failed_indexes > most) {
        let message = "Job has exceeded the specified maximal number of failed indexes";
        let sentence = format!("Job {name} has failed: {failed_indexes} of its indexes have");
        return Some(failure("MaxFailedIndexesExceeded", message, sentence, "maxFailedIndexes"));
    }
    if job.failed > limit {
        let message = "Job has reached the specified backoff limit";
        let sentence = format!("Job {name} has failed: {} of its pods ended badly", job.failed);
        return Some(failure("BackoffLimitExceeded", message, sentence, "backoffLimit"));
    }
    if is_late {
        let message = "Job was active longer than specified deadline";
        let sentence = format!("Job {name} has failed: its time is up");
        return Some(failure("DeadlineExceeded", message, sentence, "activeDeadlineSeconds"));
    }
    success(job, active)
}

/// How a Job ends because its pods have done enough, or can do no more.
fn success(job: &Job, active: usize) -> Option<Outcome> {
    let name = &job.meta.key.name;
    let rule = job.completions().filter(|_| job.is_indexed()).and_then(|most| policy::success(job, most));
    if let Some(rule) = rule {
        let sentence = format!("Job {name} is complete, as its successPolicy says: {rule}");
        let record = Record::normal("SuccessPolicy", rule);
        return Some(Outcome { end: JobEnd::Complete, sentence, record, field: "successPolicy" });
    }
    if is_complete(job, active) {
        let sentence = format!("Job {name} is complete: {} of its pods ended well", job.succeeded);
        let record = Record::normal("Completed", "Job completed");
        return Some(Outcome { end: JobEnd::Complete, sentence, record, field: "completions" });
    }
    let failed = job.failed_indexes.len();
    let is_over = failed > 0 && active == 0 && job.completions().is_some_and(|all| job.succeeded + failed >= all);
    is_over.then(|| {
        let sentence = format!("Job {name} has failed: all indexes have ended, {failed} of them badly");
        failure("FailedIndexes", "Job has failed indexes", sentence, "backoffLimitPerIndex")
    })
}

fn is_complete(job: &Job, active: usize) -> bool {
    match job.completions() {
        Some(completions) => job.succeeded >= completions,
        None => job.succeeded > 0 && active == 0,
    }
}

/// Makes the pods that are missing; those that are held back for pods on their way out are not.
fn make_missing(cluster: &mut Cluster, job: &Job, active: usize, held: usize) {
    let over = job.succeeded + job.failed_indexes.len();
    let wanted = match job.completions() {
        Some(completions) => job.parallelism().min(completions.saturating_sub(over)),
        None if job.succeeded > 0 => active,
        None => job.parallelism(),
    };
    for _ in active + held..wanted.min(super::super::MAX_PODS) {
        if cluster.has_room() {
            make(cluster, job);
        }
    }
}

/// The smallest index that no pod has done or is at, that hasn't failed and whose time has come.
fn free_index(cluster: &Cluster, job: &Job) -> Option<usize> {
    let now = cluster.now;
    let is_at = |pod: &Pod| pod.phase != Phase::Failed && (pod.is_active() || job.replaces_only_failed());
    let is_taken = |index: usize| {
        let is_over = job.indexes.get(&index).is_some_and(|record| record.has_succeeded || record.not_before > now);
        let mut pods = cluster.store.pods_of(&job.meta.uid).filter(|pod| is_at(pod));
        is_over || job.failed_indexes.contains(&index) || pods.any(|pod| index_of(pod) == Some(index))
    };
    (0..job.completions().unwrap_or(0)).find(|index| !is_taken(*index))
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
        let Some(index) = free_index(cluster, job) else { return };
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

fn end(cluster: &mut Cluster, job: &Job, active: &[Key], outcome: Outcome) {
    let now = cluster.now;
    for pod in active {
        cluster.stop_pod(pod, None);
    }
    if let Some(job) = cluster.store.jobs.get_mut(&job.meta.key) {
        job.end = Some((outcome.end, now));
    }
    let place = job.spec.because_of(&job.field(outcome.field));
    cluster.tell(job.meta.reference(), outcome.sentence, Some(place), Some(outcome.record));
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
