//! Lists whose entries Kubernetes tells apart by a key, so that each may be there once.

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};

/// A list and its key.
pub(super) struct Keyed {
    /// The list.
    pub(super) field: Field,
    /// What it is called.
    pub(super) name: &'static str,
    /// The fields that make the key, each with its default.
    pub(super) keys: &'static [(&'static str, &'static str)],
}

type Key = (&'static str, &'static [(&'static str, &'static str)]);

/// Those of pods. Containers, volumes, their mounts and variables have rules of their own.
const OF_PODS: &[Key] = &[
    ("hostAliases", &[("ip", "")]),
    ("imagePullSecrets", &[("name", "")]),
    ("resourceClaims", &[("name", "")]),
    ("schedulingGates", &[("name", "")]),
    ("topologySpreadConstraints", &[("topologyKey", ""), ("whenUnsatisfiable", "")]),
];

/// Those of containers.
const OF_CONTAINERS: &[Key] =
    &[("ports", &[("containerPort", ""), ("protocol", "TCP")]), ("volumeDevices", &[("devicePath", "")])];

const CLAIMS: &[Key] = &[("claims", &[("name", "")])];
const MATCH_CONDITIONS: &[Key] = &[("matchConditions", &[("name", "")])];
const WEBHOOKS: &[Key] = &[("webhooks", &[("name", "")])];

/// Those of other objects: group, kind, what the lists are in, and the lists.
const OF_OBJECTS: &[(&str, &str, &str, &[Key])] = &[
    ("", "Service", "spec", &[("ports", &[("port", ""), ("protocol", "TCP")])]),
    ("", "ServiceAccount", "", &[("secrets", &[("name", "")])]),
    ("admissionregistration.k8s.io", "MutatingWebhookConfiguration", "", WEBHOOKS),
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "", WEBHOOKS),
    ("admissionregistration.k8s.io", "MutatingAdmissionPolicy", "spec", MATCH_CONDITIONS),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "spec", MATCH_CONDITIONS),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "spec", &[("variables", &[("name", "")])]),
];

/// Every such list, with its object.
pub(super) fn keyed_lists<'a>(cx: &Cx<'a>) -> Vec<(Subject<'a>, Keyed)> {
    let mut found = Vec::new();
    let mut add = |subject, holder: &Field, keys: &[Key]| {
        let lists = keys.iter().map(|&(name, keys)| (subject, Keyed { field: holder.get(name), name, keys }));
        found.extend(lists);
    };
    for workload in cx.workloads() {
        add(workload.subject, workload.pod.field(), OF_PODS);
    }
    for (workload, container) in cx.containers() {
        add(workload.subject, container.field(), OF_CONTAINERS);
        add(workload.subject, &container.get("resources"), CLAIMS);
    }
    for (group, kind, holder, keys) in OF_OBJECTS {
        for subject in cx.of_kind(group, kind) {
            let holder = subject.object.at(holder);
            add(subject, &holder, keys);
            for webhook in holder.get("webhooks").items() {
                add(subject, &webhook, MATCH_CONDITIONS);
            }
        }
    }
    found
}
