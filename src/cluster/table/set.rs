//! Sets of pods.

use super::super::Cluster;
use super::super::clock::human;
use super::super::objects::{Job, JobEnd, Template, labels};
use super::{Form, Table, containers, or_none};
use crate::kube::{Field, Operator, PodSpec, Requirement, Selector};

/// A table of these columns, with those of the wide form behind.
fn table(narrow: &[&str], form: Form) -> Table {
    match form {
        Form::Narrow => Table::of(narrow),
        Form::Wide => Table::of(&[narrow, &["CONTAINERS", "IMAGES", "SELECTOR"]].concat()),
    }
}

fn push(table: &mut Table, mut row: Vec<String>, form: Form, pod: &PodSpec, selector: &Field) {
    if form == Form::Wide {
        row.extend(containers(pod));
        row.push(written(selector));
    }
    table.rows.push(row);
}

/// A selector in one line.
fn written(selector: &Field) -> String {
    let selector = Selector::from_field(selector);
    let mut all: Vec<&Requirement> = selector.requirements().iter().collect();
    all.sort_by_key(|requirement| &requirement.key);
    or_none(Some(all.into_iter().map(condition).collect::<Vec<_>>().join(",")))
}

/// A condition, as `kubectl get -l` takes it.
fn condition(requirement: &Requirement) -> String {
    let Requirement { key, operator, values } = requirement;
    let mut values = values.clone();
    values.sort();
    match (operator, values.as_slice()) {
        (Operator::In, [only]) => format!("{key}={only}"),
        (Operator::In, _) => format!("{key} in ({})", values.join(",")),
        (Operator::NotIn, _) => format!("{key} notin ({})", values.join(",")),
        (Operator::Exists, _) => key.clone(),
        (Operator::DoesNotExist, _) => format!("!{key}"),
    }
}

pub(super) fn stateful_sets(cluster: &Cluster, form: Form) -> Table {
    let mut table = match form {
        Form::Narrow => Table::of(&["NAME", "READY", "AGE"]),
        Form::Wide => Table::of(&["NAME", "READY", "AGE", "CONTAINERS", "IMAGES"]),
    };
    for set in cluster.store.stateful_sets.values().filter(|set| cluster.is_listed(&set.meta)) {
        let ready = format!("{}/{}", set.status.ready, set.replicas);
        let mut row = vec![set.meta.key.name.clone(), ready, cluster.age(set.meta.created)];
        if form == Form::Wide {
            row.extend(containers(&Template::at(&set.spec, "spec.template").pod()));
        }
        table.rows.push(row);
    }
    table
}

pub(super) fn deployments(cluster: &Cluster, form: Form) -> Table {
    let mut table = table(&["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"], form);
    for deployment in cluster.store.deployments.values().filter(|deployment| cluster.is_listed(&deployment.meta)) {
        let sets = || cluster.store.replica_sets.values().filter(|set| set.meta.is_owned_by(&deployment.meta.uid));
        let template = Template::at(&deployment.spec, "spec.template");
        let fingerprint = template.fingerprint();
        let ready: usize = sets().map(|set| set.ready).sum();
        let updated: usize = sets().filter(|set| set.fingerprint == fingerprint).map(|set| set.current).sum();
        let available: usize = sets().map(|set| set.available).sum();
        let row = vec![
            deployment.meta.key.name.clone(),
            format!("{ready}/{}", deployment.replicas),
            updated.to_string(),
            available.to_string(),
            cluster.age(deployment.meta.created),
        ];
        push(&mut table, row, form, &template.pod(), &deployment.spec.at("spec.selector"));
    }
    table
}

pub(super) fn replica_sets(cluster: &Cluster, form: Form) -> Table {
    let mut table = table(&["NAME", "DESIRED", "CURRENT", "READY", "AGE"], form);
    for set in cluster.store.replica_sets.values().filter(|set| cluster.is_listed(&set.meta)) {
        let mut row = vec![
            set.meta.key.name.clone(),
            set.replicas.to_string(),
            set.current.to_string(),
            set.ready.to_string(),
            cluster.age(set.meta.created),
        ];
        if form == Form::Wide {
            row.extend(containers(&set.template.pod()));
            let selector = written(&set.template.spec.at("spec.selector"));
            let hash = if set.hash.is_empty() { String::new() } else { format!(",pod-template-hash={}", set.hash) };
            row.push(selector + &hash);
        }
        table.rows.push(row);
    }
    table
}

pub(super) fn daemon_sets(cluster: &Cluster, form: Form) -> Table {
    let narrow = ["NAME", "DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE"];
    let mut table = table(&narrow, form);
    for set in cluster.store.daemon_sets.values().filter(|set| cluster.is_listed(&set.meta)) {
        let template = Template::at(&set.spec, "spec.template");
        let nodes = labels(&template.pod().get("nodeSelector"));
        let nodes = nodes.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",");
        let numbers = [set.desired, set.current, set.ready, set.updated, set.available];
        let mut row = vec![set.meta.key.name.clone()];
        row.extend(numbers.map(|number| number.to_string()));
        row.extend([or_none(Some(nodes)), cluster.age(set.meta.created)]);
        push(&mut table, row, form, &template.pod(), &set.spec.at("spec.selector"));
    }
    table
}

/// From this version on Jobs have a column STATUS.
const JOB_STATUS_SINCE: u32 = 31;

pub(super) fn jobs(cluster: &Cluster, form: Form) -> Table {
    let has_status = cluster.settings.minor >= JOB_STATUS_SINCE;
    let mut narrow = vec!["NAME"];
    narrow.extend(has_status.then_some("STATUS"));
    narrow.extend(["COMPLETIONS", "DURATION", "AGE"]);
    let mut table = table(&narrow, form);
    for job in cluster.store.jobs.values().filter(|job| cluster.is_listed(&job.meta)) {
        let status = match job.end {
            Some((JobEnd::Complete, _)) => "Complete",
            Some((JobEnd::Failed, _)) => "Failed",
            None if job.field("suspend").is_true() => "Suspended",
            None => "Running",
        };
        let duration = match job.end {
            Some((JobEnd::Complete, at)) => human(at.since(job.meta.created)),
            _ => cluster.age(job.meta.created),
        };
        let mut row = vec![job.meta.key.name.clone()];
        row.extend(has_status.then(|| status.to_owned()));
        row.extend([completions(job), duration, cluster.age(job.meta.created)]);
        push(&mut table, row, form, &job.template.pod(), &job.field("selector"));
        let is_own = form == Form::Wide && !job.field("selector").is_present();
        if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()).filter(|_| is_own) {
            *cell = format!("batch.kubernetes.io/controller-uid={}", job.meta.uid);
        }
    }
    table
}

fn completions(job: &Job) -> String {
    match (job.completions(), job.parallelism()) {
        (Some(completions), _) => format!("{}/{completions}", job.succeeded),
        (None, parallelism) if parallelism > 1 => format!("{}/1 of {parallelism}", job.succeeded),
        (None, _) => format!("{}/1", job.succeeded),
    }
}

pub(super) fn cron_jobs(cluster: &Cluster, form: Form) -> Table {
    let mut table = table(&["NAME", "SCHEDULE", "TIMEZONE", "SUSPEND", "ACTIVE", "LAST SCHEDULE", "AGE"], form);
    for cron_job in cluster.store.cron_jobs.values().filter(|job| cluster.is_listed(&job.meta)) {
        let jobs = cluster.store.jobs.values().filter(|job| job.meta.is_owned_by(&cron_job.meta.uid));
        let suspend = if cron_job.spec.at("spec.suspend").is_true() { "True" } else { "False" };
        let row = vec![
            cron_job.meta.key.name.clone(),
            cron_job.spec.at("spec.schedule").string().unwrap_or_default(),
            or_none(cron_job.spec.at("spec.timeZone").string()),
            suspend.to_owned(),
            jobs.filter(|job| job.end.is_none()).count().to_string(),
            or_none(cron_job.last.map(|last| cluster.age(last))),
            cluster.age(cron_job.meta.created),
        ];
        let template = Template::at(&cron_job.spec, "spec.jobTemplate.spec.template");
        push(&mut table, row, form, &template.pod(), &cron_job.spec.at("spec.jobTemplate.spec.selector"));
    }
    table
}
