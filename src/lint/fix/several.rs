//! Remedies that take more than one change, or that a template takes part in.

use super::change::Change;
use crate::kube::{Field, Object, Path};
use crate::lint::Finding;
use crate::lint::rules::label_value_fault;
use crate::value::json;

/// Several changes, which go together.
type Way = Vec<Change>;
type Ways = fn(&Finding, &Object, &str) -> Option<Way>;

/// Whether there are some for what a rule finds.
pub(super) fn is_known(rule: &str) -> bool {
    WAYS.iter().any(|(known, _)| *known == rule)
}

/// The ways to mend what was found, the better one first.
pub(super) fn of(finding: &Finding, object: &Object, text: &str) -> Vec<Way> {
    let own = WAYS.iter().filter(|(rule, _)| *rule == finding.rule);
    own.filter_map(|(_, way)| way(finding, object, text)).collect()
}

const WAYS: &[(&str, Ways)] = &[
    ("drop-net-raw-capability", drop_net_raw),
    ("host-ipc", switched_off),
    ("host-network", switched_off),
    ("host-pid", switched_off),
    ("identical-probes", patient_liveness),
    ("invalid-cron-schedule", time_zone),
    ("invalid-label-value", piped_label),
    ("invalid-label-value", label),
    ("large-integer-float", whole_number),
    ("non-string-env-value", piped_quote),
    ("non-string-metadata-value", piped_quote),
    ("pdb-blocks-eviction", one_unavailable),
    ("schema-type", piped_quote),
    ("slow-start-without-startup-probe", startup_probe),
    ("slow-start-without-startup-probe", startup_probe_at_once),
    ("statefulset-claims-deleted", retain),
    ("writable-host-mount", read_only_mounts),
];

/// Whether other parts of the object rely on what is wrong: probes that ask the node, where the pod shares its network.
pub(super) fn is_felt_elsewhere(finding: &Finding, object: &Object) -> bool {
    const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];
    let pod = finding.place.path.parent().filter(|_| finding.rule == "host-network");
    let containers = pod.map(|pod| containers(object, &pod)).unwrap_or_default();
    let hosts = containers.iter().flat_map(|container| {
        PROBES.into_iter().flat_map(|probe| {
            let probe = container.get(probe);
            [probe.at("httpGet.host"), probe.at("tcpSocket.host")]
        })
    });
    hosts.into_iter().any(|host| host.is_present())
}

/// Whether ports of the node would have to go along with its network.
pub(super) fn needs_network(finding: &Finding, object: &Object) -> bool {
    let pod = finding.place.path.parent().filter(|_| finding.rule == "host-network");
    let containers = pod.map(|pod| containers(object, &pod)).unwrap_or_default();
    let mut ports = containers.iter().flat_map(|container| container.get("ports").items());
    ports.any(|port| port.get("hostPort").is_present())
}

/// The containers of a pod, whichever way they run.
fn containers(object: &Object, pod: &Path) -> Vec<Field> {
    let kinds = ["initContainers", "containers"].into_iter();
    kinds.flat_map(|kind| object.field(&pod.key(kind)).items()).collect()
}

/// Where a value says it: without the field nobody would read that.
fn switched_off(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let path = &finding.place.path;
    let is_free = !needs_network(finding, object);
    (is_free && object.field(path).is_true()).then(|| vec![Change::SetValue(path.clone(), "false".to_owned())])
}

/// What the action prints, in quotes.
fn piped_quote(finding: &Finding, object: &Object, text: &str) -> Option<Way> {
    if finding.rule == "schema-type" && !finding.fix.contains("`| quote`") {
        return None;
    }
    let range = object.place(&finding.place.path)?.value;
    let written = text.get(range.clone())?;
    let is_plain =
        !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
    is_plain.then(|| vec![Change::Pipe(range, "quote".to_owned(), format!("\"{written}\""))])
}

/// The digits instead of `1e+06`.
fn whole_number(finding: &Finding, _: &Object, text: &str) -> Option<Way> {
    let range = finding.place.range.clone();
    let written = text.get(range.clone())?;
    let bare = written.trim_matches('"');
    let number = bare.parse::<f64>().ok().filter(|number| number.fract() == 0.0 && number.abs() < 9e15)?;
    Some(vec![Change::Pipe(range, "int64".to_owned(), written.replace(bare, &format!("{number:.0}")))])
}

/// The functions that make a label of a text, and what comes of it.
fn mended(value: &str) -> Option<(String, String)> {
    const LONGEST: usize = 63;
    let (mut functions, mut new) = (Vec::new(), value.to_owned());
    if new.contains('+') {
        functions.push("replace \"+\" \"_\"");
        new = new.replace('+', "_");
    }
    if new.len() > LONGEST {
        functions.push("trunc 63 | trimSuffix \"-\"");
        let cut = new.get(..LONGEST)?;
        new = String::from(cut.strip_suffix('-').unwrap_or(cut));
    }
    let is_sound = label_value_fault(&new).is_none() && !functions.is_empty();
    is_sound.then(|| (functions.join(" | "), new))
}

fn piped_label(finding: &Finding, object: &Object, text: &str) -> Option<Way> {
    let value = object.field(&finding.place.path).string()?;
    let (functions, new) = mended(&value)?;
    let range = object.place(&finding.place.path)?.value;
    let written = text.get(range.clone())?.replace(&value, &new);
    Some(vec![Change::Pipe(range, functions, written)])
}

fn label(finding: &Finding, object: &Object, text: &str) -> Option<Way> {
    let value = object.field(&finding.place.path).string()?;
    let (_, new) = mended(&value)?;
    let written = text.get(object.place(&finding.place.path)?.value)?.replace(&value, &new);
    Some(vec![Change::Set(finding.place.path.clone(), written)])
}

/// The field of a schedule, and that of its time zone.
fn time_zone(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let path = &finding.place.path;
    let schedule = object.field(path).string()?;
    let zoned = ["CRON_TZ=", "TZ="].iter().find_map(|key| schedule.strip_prefix(key))?;
    let (zone, rest) = zoned.split_once(' ')?;
    let beside = path.parent()?.key("timeZone");
    let is_free = !object.field(&beside).is_present() && !zone.is_empty();
    let quoted = format!("\"{}\"", rest.trim());
    is_free.then(|| vec![Change::Set(path.clone(), quoted), Change::Insert(beside, zone.to_owned())])
}

/// A liveness probe that waits twice as long as the readiness probe.
fn patient_liveness(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let path = &finding.place.path;
    let (liveness, readiness) = (object.field(path), object.field(&path.parent()?.key("readinessProbe")));
    let number = |probe: &Field, key: &str, usual: i64| match probe.get(key).integer() {
        Some(number) if number > 0 => number,
        _ => usual,
    };
    let patience = number(&readiness, "periodSeconds", 10).saturating_mul(number(&readiness, "failureThreshold", 3));
    let period = number(&liveness, "periodSeconds", 10);
    let threshold = patience.saturating_mul(2).saturating_add(period - 1) / period;
    Some(vec![set(object, path.key("failureThreshold"), threshold.to_string())])
}

/// A probe that asks the same until the container is up, and no delay.
fn startup_probe(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    Some(vec![asks_at_start(finding, object)?, Change::Remove(finding.place.path.clone())])
}

/// The same where a value says how long the delay is: without the field nobody would read that.
fn startup_probe_at_once(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let none = Change::SetValue(finding.place.path.clone(), "0".to_owned());
    Some(vec![asks_at_start(finding, object)?, none])
}

fn asks_at_start(finding: &Finding, object: &Object) -> Option<Change> {
    const PERIOD: i64 = 10;
    let path = &finding.place.path;
    let (probe, container) = (path.parent()?, path.parent()?.parent()?);
    let liveness = object.field(&probe);
    let seconds = object.field(path).integer()?;
    let key = ["exec", "httpGet", "tcpSocket", "grpc"].into_iter().find(|key| liveness.get(key).is_present())?;
    let handler = json::encode(liveness.get(key).value()).ok()?;
    // What is wrong with the port would be wrong twice.
    let ports = object.field(&container).get("ports").items();
    let port = liveness.get(key).get("port");
    let is_named = |own: &Field| port.is_present() && own.get("name").string() == port.string();
    let is_numbered = |own: &Field| own.get("containerPort").integer().is_some_and(|own| Some(own) == port.integer());
    if key != "exec" && !ports.iter().any(|own| if port.string().is_some() { is_named(own) } else { is_numbered(own) })
    {
        return None;
    }
    // As long as the delay was, and as much again.
    let threshold = seconds.saturating_mul(2).saturating_add(PERIOD - 1) / PERIOD;
    let value = format!("{{{key}: {handler}, periodSeconds: {PERIOD}, failureThreshold: {threshold}}}");
    Some(Change::Insert(container.key("startupProbe"), value))
}

fn drop_net_raw(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let path = &finding.place.path;
    let is_drop = path.last() == Path::root().key("drop").last();
    let list = object.field(path);
    if !is_drop {
        return None;
    }
    let change = if list.is_present() {
        Change::Append(path.clone(), "NET_RAW".to_owned())
    } else {
        Change::Insert(path.clone(), "[NET_RAW]".to_owned())
    };
    Some(vec![change])
}

fn retain(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let policy = finding.place.path.parent()?;
    let deleting = ["whenDeleted", "whenScaled"].into_iter().map(|key| policy.key(key));
    let deleting = deleting.filter(|path| object.field(path).is("Delete"));
    let way: Way = deleting.map(|path| Change::Set(path, "Retain".to_owned())).collect();
    (!way.is_empty()).then_some(way)
}

fn one_unavailable(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let path = &finding.place.path;
    let most = path.parent()?.key("maxUnavailable");
    let set = Change::Set(path.clone(), "1".to_owned());
    let is_most = *path == most;
    let rename = Change::Rename(path.clone(), "maxUnavailable".to_owned());
    let is_free = !object.field(&most).is_present();
    if is_most { Some(vec![set]) } else { is_free.then(|| vec![rename, set]) }
}

/// All mounts of the volume, in whichever container.
fn read_only_mounts(finding: &Finding, object: &Object, _: &str) -> Option<Way> {
    let path = &finding.place.path;
    let is_flag = path.last() == Path::root().key("readOnly").last();
    let mount = if is_flag { path.parent()? } else { path.clone() };
    let pod = mount.parent()?.parent()?.parent()?.parent()?;
    let volume =
        object.field(&mount.key("mountPath")).is_present().then(|| object.field(&mount.key("name")).string())?;
    let mounts = containers(object, &pod).into_iter().flat_map(|container| container.get("volumeMounts").items());
    let writing = mounts.filter(|other| other.get("name").string() == volume && !other.get("readOnly").is_true());
    let way: Way = writing.map(|other| set(object, other.path().key("readOnly"), "true".to_owned())).collect();
    (!way.is_empty()).then_some(way)
}

fn set(object: &Object, path: Path, value: String) -> Change {
    if object.place(&path).is_some() { Change::Set(path, value) } else { Change::Insert(path, value) }
}
