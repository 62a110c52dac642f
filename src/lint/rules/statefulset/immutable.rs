//! Fields that Kubernetes doesn't let change once an object is there.

use crate::kube::{Field, Object, Quantity};
use crate::value::{Map, Value, deep_equal};

/// A field that differs and may not.
pub(super) struct Change {
    /// As it is installed.
    pub(super) before: Field,
    /// As it would be.
    pub(super) after: Field,
}

/// What differs between two versions of an object, and may not.
pub(super) fn changes(before: &Object, after: &Object) -> Vec<Change> {
    let gvk = after.gvk();
    let paths: Vec<String> = match (gvk.group.as_str(), gvk.kind.as_str()) {
        ("apps", "StatefulSet") => others(before, after, MUTABLE_OF_STATEFUL_SETS),
        ("", "PersistentVolumeClaim") => others(before, after, MUTABLE_OF_CLAIMS),
        ("", "ConfigMap") => data(before, &["data", "binaryData", "immutable"]),
        ("", "Secret") => {
            data(before, &["data", "stringData", "immutable"]).into_iter().chain(["type".into()]).collect()
        }
        ("", "Service") => return cluster_ip(before, after).into_iter().collect(),
        (group, kind) => {
            let of_kind = |(groups, kinds, _): &&Row| groups.contains(&group) && kinds.contains(&kind);
            let rows = IMMUTABLE.iter().filter(of_kind);
            rows.flat_map(|(_, _, paths)| paths.iter().map(|path| (*path).to_owned())).collect()
        }
    };
    let mut changes: Vec<Change> = paths.iter().filter_map(|path| change(before, after, path)).collect();
    changes.extend(less_storage(before, after));
    changes
}

/// Group, kind, paths.
type Row = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Of these kinds only these fields are fixed.
const IMMUTABLE: &[Row] = &[
    (&["apps"], &["Deployment", "DaemonSet", "ReplicaSet"], &["spec.selector"]),
    (&["batch"], &["Job"], &["spec.selector", "spec.template", "spec.completionMode", "spec.podFailurePolicy"]),
    (&["storage.k8s.io"], &["StorageClass"], &["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"]),
    (&["rbac.authorization.k8s.io"], &["RoleBinding", "ClusterRoleBinding"], &["roleRef"]),
    (&["scheduling.k8s.io"], &["PriorityClass"], &["value", "preemptionPolicy"]),
    (&["networking.k8s.io"], &["IngressClass"], &["spec.controller"]),
];

/// Of these kinds everything else in `spec` is fixed.
const MUTABLE_OF_STATEFUL_SETS: &[&str] = &[
    "replicas",
    "ordinals",
    "template",
    "updateStrategy",
    "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy",
    "minReadySeconds",
];
const MUTABLE_OF_CLAIMS: &[&str] = &["resources", "volumeAttributesClassName"];

/// What a field counts as where it isn't there.
const DEFAULTS: &[(&str, &str)] = &[
    ("spec.podManagementPolicy", "OrderedReady"),
    ("spec.volumeMode", "Filesystem"),
    ("spec.completionMode", "NonIndexed"),
    ("reclaimPolicy", "Delete"),
    ("volumeBindingMode", "Immediate"),
    ("preemptionPolicy", "PreemptLowerPriority"),
    ("type", "Opaque"),
];

/// The fields in `spec` of either that aren't among those.
fn others(before: &Object, after: &Object, mutable: &[&str]) -> Vec<String> {
    let entries = [before, after].into_iter().flat_map(|object| object.spec().entries());
    let keys = entries.map(|(key, _)| key).filter(|key| !mutable.contains(&&**key));
    let mut paths: Vec<String> = keys.map(|key| format!("spec.{key}")).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The content of what is marked as immutable.
fn data(before: &Object, paths: &[&str]) -> Vec<String> {
    if before.at("immutable").is_true() { paths.iter().map(|path| (*path).to_owned()).collect() } else { Vec::new() }
}

fn change(before: &Object, after: &Object, path: &str) -> Option<Change> {
    let [before, after] = [before, after].map(|object| object.at(path));
    let [before, after] = [before, after].map(|field| Field::new(field.path().clone(), bare(field.value())));
    let counts_as = |field: &Field| match DEFAULTS.iter().find(|(of, _)| *of == path) {
        Some((_, default)) if !field.is_present() => Value::from(*default),
        _ => field.value().clone(),
    };
    let differs = !deep_equal(&counts_as(&before), &counts_as(&after));
    differs.then(|| narrowed(Change { before, after }))
}

/// The change where it is: as long as only one entry or item differs, that one.
fn narrowed(change: Change) -> Change {
    let Change { before, after } = &change;
    let differing: Vec<Change> = match (before.value(), after.value()) {
        (Value::Map(was), Value::Map(is)) => {
            let mut keys: Vec<_> = was.entries().into_iter().chain(is.entries()).map(|(key, _)| key).collect();
            keys.sort();
            keys.dedup();
            let pairs = keys.iter().map(|key| Change { before: before.get(key), after: after.get(key) });
            pairs.filter(Change::is_real).collect()
        }
        (Value::List(was), Value::List(is)) if was.len() == is.len() => {
            let pairs = (0..is.len()).map(|at| Change { before: before.item(at), after: after.item(at) });
            pairs.filter(Change::is_real).collect()
        }
        _ => Vec::new(),
    };
    match <[Change; 1]>::try_from(differing) {
        Ok([only]) => narrowed(only),
        Err(_) => change,
    }
}

impl Change {
    fn is_real(&self) -> bool {
        !deep_equal(self.before.value(), self.after.value())
    }
}

/// A value without what says nothing: null, and kind and version of claims in a list of such.
fn bare(value: &Value) -> Value {
    match value {
        Value::Map(map) => {
            let is_claim = map.value("spec").is_some();
            let is_idle = |key: &str| is_claim && matches!(key, "kind" | "apiVersion" | "status");
            let entries = map.entries().into_iter();
            let entries = entries.filter(|(key, entry)| !entry.value.is_nil() && !is_idle(key));
            Value::Map(entries.map(|(key, entry)| (key, bare(&entry.value))).collect::<Map>())
        }
        Value::List(list) => Value::List(list.items().iter().map(|item| bare(&item.value)).collect()),
        other => other.clone(),
    }
}

/// A Service keeps its address, or keeps having none. Where nothing is said the installed one stays.
fn cluster_ip(before: &Object, after: &Object) -> Option<Change> {
    let is_external = |object: &Object| object.at("spec.type").is("ExternalName");
    let (was, is) = (before.at("spec.clusterIP"), after.at("spec.clusterIP"));
    let is_silent = !is.is_present() || is.is("");
    let differs = !deep_equal(was.value(), is.value()) && !is_silent;
    (differs && !is_external(before) && !is_external(after)).then_some(Change { before: was, after: is })
}

/// A claim may grow, but not shrink.
fn less_storage(before: &Object, after: &Object) -> Option<Change> {
    const STORAGE: &str = "spec.resources.requests.storage";
    let (was, is) = (before.at(STORAGE), after.at(STORAGE));
    let shrinks = Quantity::of(&is)?.ok()? < Quantity::of(&was)?.ok()?;
    (after.gvk().is("", "PersistentVolumeClaim") && shrinks).then_some(Change { before: was, after: is })
}
