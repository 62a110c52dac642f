//! `CronJob`s: Jobs by the clock.
//!
//! Follows `pkg/controller/cronjob`. The simulated cluster begins on 2026-01-01 at midnight UTC. Its controller is never
//! late, so that `startingDeadlineSeconds` decides nothing.

mod schedule;

use std::collections::{BTreeMap, BTreeSet};

use super::super::Cluster;
use super::super::clock::Moment;
use super::super::controller::Controller;
use super::super::event::Record;
use super::super::objects::{CronJob, Job, JobEnd, Key, Kind, Template, labels};
use super::super::queue::Alarm;
use crate::value::time::Zone;
use schedule::{EPOCH, Schedule};

/// The controller.
pub struct CronJobController;

impl Controller for CronJobController {
    fn reconcile(&self, cluster: &mut Cluster) {
        let keys: Vec<Key> = cluster.store.cron_jobs.keys().cloned().collect();
        for key in keys {
            if let Some(cron_job) = cluster.store.cron_jobs.get(&key).cloned() {
                sync(cluster, &cron_job);
                clean_up(cluster, &cron_job);
            }
        }
    }
}

fn sync(cluster: &mut Cluster, cron_job: &CronJob) {
    let name = &cron_job.meta.key.name;
    let (about, place) = (cron_job.meta.reference(), cron_job.spec.because("spec.schedule"));
    if cron_job.spec.at("spec.suspend").is_true() {
        return cluster.tell_once(about, format!("CronJob {name} is suspended"), Some(place));
    }
    let written = cron_job.spec.at("spec.schedule").string().unwrap_or_default();
    let Some(schedule) = Schedule::parse(&written) else {
        let sentence = format!("CronJob {name} makes no Job: `{written}` is no schedule");
        return cluster.tell_once(about, sentence, Some(place));
    };
    let zone = match cron_job.spec.at("spec.timeZone").string() {
        None => Zone::utc(),
        Some(named) => match Zone::named(&named) {
            Some(zone) => zone,
            None => return tell_unknown_zone(cluster, cron_job, &named),
        },
    };
    match cron_job.next {
        None => plan(cluster, cron_job, &schedule, &zone),
        Some(due) if due <= cluster.now => {
            start(cluster, cron_job, due);
            plan(cluster, cron_job, &schedule, &zone);
        }
        Some(_) => {}
    }
}

/// A zone that isn't known makes no Jobs.
fn tell_unknown_zone(cluster: &mut Cluster, cron_job: &CronJob, zone: &str) {
    let name = &cron_job.meta.key.name;
    let place = cron_job.spec.because("spec.timeZone");
    let sentence = format!("CronJob {name} makes no Job: there is no time zone {zone}");
    cluster.tell_once(cron_job.meta.reference(), sentence, Some(place));
}

/// Works out when the next Job is due.
fn plan(cluster: &mut Cluster, cron_job: &CronJob, schedule: &Schedule, zone: &Zone) {
    let next = schedule.next(zone, cluster.now);
    let Some(kept) = cluster.store.cron_jobs.get_mut(&cron_job.meta.key) else { return };
    if kept.next == next {
        return;
    }
    let is_first = kept.next.is_none();
    kept.next = next;
    cluster.touch();
    let Some(next) = next else { return };
    cluster.alarm_regularly(next.since(cluster.now), Alarm::Look);
    if is_first {
        let place_of_zone = cron_job.spec.at("spec.timeZone");
        let by = if place_of_zone.is_present() { format!(" by the clocks of {}", zone.name()) } else { String::new() };
        let sentence = format!("CronJob {} makes its first Job at {next}{by}", cron_job.meta.key.name);
        let place = cron_job.spec.because("spec.schedule");
        cluster.tell(cron_job.meta.reference(), sentence, Some(place), None);
    }
}

/// The Jobs of a `CronJob`.
fn jobs<'c>(cluster: &'c Cluster, cron_job: &'c CronJob) -> impl Iterator<Item = &'c Job> {
    cluster.store.jobs.values().filter(|job| job.meta.is_owned_by(&cron_job.meta.uid))
}

fn start(cluster: &mut Cluster, cron_job: &CronJob, due: Moment) {
    let own = &cron_job.meta.key.name;
    let policy = cron_job.spec.at("spec.concurrencyPolicy").string().unwrap_or_default();
    let running: Vec<Key> =
        jobs(cluster, cron_job).filter(|job| job.end.is_none()).map(|job| job.meta.key.clone()).collect();
    let place = cron_job.spec.because("spec.concurrencyPolicy");
    if let Some(first) = running.first() {
        if policy == "Forbid" {
            let sentence = format!("CronJob {own} makes no Job: {} still runs (Forbid)", first.name);
            return cluster.tell(cron_job.meta.reference(), sentence, Some(place), None);
        }
        if policy == "Replace" {
            for job in &running {
                cluster.store.jobs.remove(job);
                let sentence = format!("Job {} is deleted: the next one takes its place (Replace)", job.name);
                cluster.tell(cron_job.meta.reference(), sentence, Some(place.clone()), None);
            }
        }
    }
    let minutes = (EPOCH + due.since(Moment::START)) / 60;
    let key = cron_job.meta.key.beside(format!("{own}-{minutes}"));
    let mut meta = cluster.meta(Kind::Job, key.clone());
    meta.owner = Some(cron_job.meta.as_owner());
    meta.labels = labels(&cron_job.spec.at("spec.jobTemplate.metadata.labels"));
    let job = Job::new(meta, &cron_job.spec, "spec.jobTemplate");
    cluster.store.jobs.insert(key.clone(), job);
    if let Some(kept) = cluster.store.cron_jobs.get_mut(&cron_job.meta.key) {
        kept.last = Some(due);
    }
    let record = Record::normal("SuccessfulCreate", format!("Created job {}", key.name));
    let sentence = format!("Job {} is made: it is time", key.name);
    let place = cron_job.spec.because("spec.schedule");
    cluster.tell(cron_job.meta.reference(), sentence, Some(place), Some(record));
}

/// Deletes the oldest of the Jobs that have ended.
fn clean_up(cluster: &mut Cluster, cron_job: &CronJob) {
    let limits =
        [(JobEnd::Complete, "spec.successfulJobsHistoryLimit", 3), (JobEnd::Failed, "spec.failedJobsHistoryLimit", 1)];
    for (end, field, usual) in limits {
        let limit = cron_job.spec.at(field).integer().map_or(usual, |limit| usize::try_from(limit).unwrap_or(0));
        let ended = jobs(cluster, cron_job).filter(|job| job.end.is_some_and(|(how, _)| how == end));
        let mut ended: Vec<_> = ended.map(|job| (job.meta.created, job.meta.key.clone())).collect();
        ended.sort();
        let surplus = ended.len().saturating_sub(limit);
        for (_, key) in ended.into_iter().take(surplus) {
            cluster.store.jobs.remove(&key);
            let sentence = format!("Job {} is deleted: of those that have ended {limit} are kept", key.name);
            let place = cron_job.spec.because(field);
            cluster.tell(cron_job.meta.reference(), sentence, Some(place), None);
        }
    }
}

impl Job {
    /// A Job from the manifest it stands in, at this place.
    pub fn new(meta: super::super::objects::Meta, spec: &super::super::objects::Spec, at: &str) -> Self {
        let dot = if at.is_empty() { "" } else { "." };
        Self {
            template: Template::at(spec, &format!("{at}{dot}spec.template")),
            spec: spec.clone(),
            at: at.to_owned(),
            made: 0,
            succeeded: 0,
            failed: 0,
            counted: Vec::new(),
            leaving: Vec::new(),
            not_before: Moment::START,
            indexes: BTreeMap::new(),
            failed_indexes: BTreeSet::new(),
            doom: None,
            end: None,
            meta,
        }
    }
}
