//! What is to change in an object so that a finding goes, rule by rule.

use super::FixKind;
use super::change::Change;
use super::several;
use crate::kube::{Object, Path};
use crate::lint::Finding;

/// What is to change.
pub(super) struct Remedy {
    /// In a few words.
    pub(super) title: String,
    pub(super) kind: FixKind,
    /// All of it.
    pub(super) changes: Vec<Change>,
}

/// Whether edits may mend what a rule finds in an object.
pub(super) fn is_known(rule: &str) -> bool {
    CHANGES.iter().any(|(known, _)| *known == rule) || several::is_known(rule)
}

/// What is to change so that what was found goes; the better way first.
pub(super) fn of(finding: &Finding, object: &Object, text: &str) -> Vec<Remedy> {
    if several::is_felt_elsewhere(finding, object) {
        return Vec::new();
    }
    let kind = if GUIDED.contains(&finding.rule) { FixKind::Guided } else { FixKind::Safe };
    let one = CHANGES.iter().find(|(rule, _)| *rule == finding.rule);
    let one = one.and_then(|(_, change)| change(finding, object)).map(|change| vec![change]);
    let ways = several::of(finding, object, text).into_iter().chain(one);
    let remedy = |changes: Vec<Change>| Some(Remedy { title: title(changes.first()?), kind, changes });
    ways.filter_map(remedy).collect()
}

type Of = fn(&Finding, &Object) -> Option<Change>;

/// The rules whose findings an edit can mend.
const CHANGES: &[(&str, Of)] = &[
    ("bidirectional-mount-not-privileged", host_to_container),
    ("claim-deleted-on-uninstall", keep),
    ("claim-missing-access-modes", read_write_once),
    ("cronjob-concurrency", forbid),
    ("deprecated-field", new_label),
    ("deprecated-service-account-field", service_account),
    ("fixed-node-port", remove),
    ("headless-service-with-node-port", cluster_ip),
    ("host-ipc", remove),
    ("host-network", remove_network),
    ("host-network-dns-policy", with_host_net),
    ("host-network-port-mismatch", remove),
    ("host-path-backsteps", without_backsteps),
    ("host-path-type-conflict", path_type),
    ("host-pid", remove),
    ("host-port", remove),
    ("ingress-missing-path-type", prefix),
    ("invalid-quantity", advised),
    ("invalid-restart-policy", restart_policy),
    ("job-ttl-seconds-after-finished", time_to_live),
    ("no-read-only-root-fs", read_only),
    ("node-name-set", remove),
    ("non-string-env-value", quoted),
    ("non-string-metadata-value", quoted),
    ("pdb-no-policy", one_unavailable),
    ("privilege-escalation-conflict", remove),
    ("privilege-escalation-container", no_escalation),
    ("probe-grace-period-invalid", remove),
    ("probe-host-set", remove),
    ("probe-on-init-container", remove),
    ("probe-success-threshold", once),
    ("probe-timeout-exceeds-period", timeout),
    ("recreate-with-rolling-update", remove),
    ("revision-history-limit-zero", remove),
    ("rolling-update-rwo-deadlock", recreate),
    ("schema-enum", advised),
    ("schema-type", unquoted),
    ("schema-unknown-field", renamed),
    ("security-profile-unconfined", runtime_default),
    ("statefulset-on-delete", rolling_update),
    ("statefulset-on-delete-with-rolling-update", remove),
    ("statefulset-partition-blocks-rollout", remove),
    ("suspicious-quantity", advised),
    ("unsafe-proc-mount", default_mount),
    ("zero-termination-grace-period", remove),
];

/// What these do is a guess, or somebody's to decide.
const GUIDED: &[&str] = &[
    "claim-deleted-on-uninstall",
    "claim-missing-access-modes",
    "drop-net-raw-capability",
    "fixed-node-port",
    "headless-service-with-node-port",
    "host-network-dns-policy",
    "host-port",
    "no-read-only-root-fs",
    "node-name-set",
    "pdb-blocks-eviction",
    "pdb-no-policy",
    "privilege-escalation-conflict",
    "rolling-update-rwo-deadlock",
    "schema-unknown-field",
    "slow-start-without-startup-probe",
    "statefulset-claims-deleted",
    "statefulset-on-delete",
    "suspicious-quantity",
];

fn title(change: &Change) -> String {
    match change {
        Change::Remove(path) => format!("Remove {}", name(path)),
        Change::Set(path, value) | Change::SetValue(path, value) => format!("Set {} to {value}", name(path)),
        Change::Rename(path, key) => format!("Rename {} to {key}", name(path)),
        Change::Insert(path, value) => format!("Add {}: {value}", name(path)),
        Change::Append(path, value) => format!("Add {value} to {}", name(path)),
        Change::Pipe(_, function, _) => format!("Put {} behind it", function.replace(" | ", " and ")),
    }
}

/// The last step of a path.
fn name(path: &Path) -> String {
    let last = path.last().cloned();
    last.into_iter().collect::<Path>().to_string()
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn remove(finding: &Finding, _: &Object) -> Option<Change> {
    Some(Change::Remove(finding.place.path.clone()))
}

fn remove_network(finding: &Finding, object: &Object) -> Option<Change> {
    remove(finding, object).filter(|_| !several::needs_network(finding, object))
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn once(finding: &Finding, _: &Object) -> Option<Change> {
    Some(Change::Set(finding.place.path.clone(), "1".to_owned()))
}

/// What the finding's advice says literally: `write …`, `did you mean …?`.
fn advised(finding: &Finding, object: &Object) -> Option<Change> {
    object.field(&finding.place.path).is_present().then_some(())?;
    let words = ["write `", "did you mean `"].iter().find_map(|begin| finding.fix.strip_prefix(begin))?;
    let (value, _) = words.split_once('`')?;
    Some(Change::Set(finding.place.path.clone(), value.to_owned()))
}

fn renamed(finding: &Finding, object: &Object) -> Option<Change> {
    let (key, _) = finding.fix.strip_prefix("did you mean `")?.split_once('`')?;
    let beside = finding.place.path.parent()?.key(key);
    let is_free = !object.field(&beside).is_present();
    is_free.then(|| Change::Rename(finding.place.path.clone(), key.to_owned()))
}

/// Not longer than the period, which is ten seconds unless it is said.
fn timeout(finding: &Finding, object: &Object) -> Option<Change> {
    let probe = object.field(&finding.place.path.parent()?);
    let period = probe.get("periodSeconds").integer().unwrap_or(10);
    Some(Change::Set(finding.place.path.clone(), period.to_string()))
}

fn no_escalation(finding: &Finding, object: &Object) -> Option<Change> {
    let field = object.field(&finding.place.path);
    field.is_true().then(|| Change::Set(finding.place.path.clone(), "false".to_owned()))
}

fn read_only(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "true", object).filter(|_| name(&finding.place.path) == "readOnlyRootFilesystem")
}

fn set_or_insert(path: &Path, value: &str, object: &Object) -> Option<Change> {
    let is_written = object.place(path).is_some();
    let change = if is_written { Change::Set } else { Change::Insert };
    path.parent().map(|_| change(path.clone(), value.to_owned()))
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn time_to_live(finding: &Finding, object: &Object) -> Option<Change> {
    let path = finding.place.path.clone();
    let is_there = object.field(&path).is_present();
    Some(if is_there { Change::Remove(path) } else { Change::Insert(path, "600".to_owned()) })
}

fn restart_policy(finding: &Finding, object: &Object) -> Option<Change> {
    let path = &finding.place.path;
    if ["Job", "CronJob"].contains(&object.kind().as_str()) {
        return set_or_insert(path, "OnFailure", object);
    }
    object.field(path).is_present().then(|| Change::Remove(path.clone()))
}

fn service_account(finding: &Finding, object: &Object) -> Option<Change> {
    let path = finding.place.path.clone();
    let new = path.parent()?.key("serviceAccountName");
    let is_there = object.field(&new).is_present();
    Some(if is_there { Change::Remove(path) } else { Change::Rename(path, "serviceAccountName".to_owned()) })
}

/// The path without its steps back, each of which takes the folder before it along.
fn without_backsteps(finding: &Finding, object: &Object) -> Option<Change> {
    let written = object.field(&finding.place.path).string().filter(|written| written.starts_with('/'))?;
    let mut folders = Vec::new();
    for folder in written.split('/').filter(|folder| !folder.is_empty() && *folder != ".") {
        if folder == ".." {
            folders.pop();
        } else {
            folders.push(folder);
        }
    }
    Some(Change::Set(finding.place.path.clone(), format!("/{}", folders.join("/"))))
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn host_to_container(finding: &Finding, _: &Object) -> Option<Change> {
    Some(Change::Set(finding.place.path.clone(), "HostToContainer".to_owned()))
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn cluster_ip(finding: &Finding, _: &Object) -> Option<Change> {
    Some(Change::Set(finding.place.path.clone(), "ClusterIP".to_owned()))
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn rolling_update(finding: &Finding, _: &Object) -> Option<Change> {
    Some(Change::Set(finding.place.path.clone(), "RollingUpdate".to_owned()))
}

#[allow(clippy::unnecessary_wraps)] // as all of them
fn default_mount(finding: &Finding, _: &Object) -> Option<Change> {
    Some(Change::Set(finding.place.path.clone(), "Default".to_owned()))
}

/// A field names the profile otherwise than an annotation does.
#[allow(clippy::unnecessary_wraps)] // as all of them
fn runtime_default(finding: &Finding, _: &Object) -> Option<Change> {
    let path = finding.place.path.clone();
    let value = if name(&path) == "type" { "RuntimeDefault" } else { "runtime/default" };
    Some(Change::Set(path, value.to_owned()))
}

fn forbid(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "Forbid", object)
}

/// A label of nodes that is a key gets another name; one that is a value is set.
fn new_label(finding: &Finding, object: &Object) -> Option<Change> {
    let path = &finding.place.path;
    let (new, _) = finding.fix.strip_prefix("write `")?.split_once('`')?;
    let is_key = path.parent()?.last() == Path::root().key("nodeSelector").last();
    if !is_key {
        return Some(Change::Set(path.clone(), new.to_owned()));
    }
    let is_free = !object.field(&path.parent()?.key(new)).is_present();
    is_free.then(|| Change::Rename(path.clone(), new.to_owned()))
}

fn keep(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "keep", object)
}

fn with_host_net(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "ClusterFirstWithHostNet", object)
}

fn recreate(finding: &Finding, object: &Object) -> Option<Change> {
    let is_block = object.field(&finding.place.path).entries().len() > 1;
    set_or_insert(&finding.place.path, "{type: Recreate}", object).filter(|_| !is_block)
}

fn read_write_once(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "[ReadWriteOnce]", object)
}

fn one_unavailable(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "1", object)
}

/// A path that is wrong itself is another matter.
fn prefix(finding: &Finding, object: &Object) -> Option<Change> {
    set_or_insert(&finding.place.path, "Prefix", object).filter(|_| name(&finding.place.path) == "pathType")
}

/// What the path looks like: a folder, a socket or a file.
fn path_type(finding: &Finding, object: &Object) -> Option<Change> {
    let path = object.field(&finding.place.path.parent()?.key("path")).string()?;
    let kind = match path.rsplit_once('.') {
        _ if path.ends_with('/') => "Directory",
        Some((_, "sock")) => "Socket",
        _ => "File",
    };
    Some(Change::Set(finding.place.path.clone(), kind.to_owned()))
}

/// A number or a boolean in quotes, without them.
fn unquoted(finding: &Finding, object: &Object) -> Option<Change> {
    let written = object.field(&finding.place.path).string().filter(|_| finding.fix == "remove the quotes")?;
    let is_plain = written.parse::<i64>().is_ok() || matches!(written.as_str(), "true" | "false");
    is_plain.then(|| Change::Set(finding.place.path.clone(), written))
}

/// The text as it is written, in quotes.
fn quoted(finding: &Finding, object: &Object) -> Option<Change> {
    let path = &finding.place.path;
    let field = object.field(path);
    let written = match field.bool() {
        Some(truth) => truth.to_string(),
        None => field.integer()?.to_string(),
    };
    Some(Change::Set(path.clone(), format!("\"{written}\"")))
}
