//! Services, volumes, classes, lone pods, and what merely lies there.

use super::dump::{Json, role, texts};
use super::{Fault, IMMUTABLE, is_equal};
use crate::cluster::objects::{Service, StorageClass};
use crate::kube::{Field, Object};

/// A Service keeps its address; one without gets none.
pub(super) fn service(old: &Service, new: &Object, minor: u32) -> Vec<Fault> {
    let mut faults = Vec::new();
    let asked = new.at("spec.clusterIP").string().filter(|address| !address.is_empty());
    let becomes_external = new.at("spec.type").is("ExternalName");
    let has = old.cluster_ip.as_deref().unwrap_or("None");
    if let Some(asked) = asked.filter(|asked| asked != has && !old.is_external() && !becomes_external) {
        let value = texts(&[&asked], minor);
        let fault = Fault::invalid("spec.clusterIPs[0]", &value, "may not change once set");
        faults.push(fault.because_of(vec!["spec.clusterIP".to_owned()]));
    }
    let before = old.spec.as_ref().map(|spec| spec.at("spec.loadBalancerClass"));
    let after = new.at("spec.loadBalancerClass");
    let is_balancer = |kind: &Field| kind.is("LoadBalancer");
    let was_balancer = old.spec.as_ref().is_some_and(|spec| is_balancer(&spec.at("spec.type")));
    if was_balancer && is_balancer(&new.at("spec.type")) && before.is_some_and(|before| !is_equal(&before, &after)) {
        let value = Json::of(&after).scalar(None);
        faults.push(Fault::invalid("spec.loadBalancerClass", &value, "may not change once set"));
    }
    faults
}

/// What of a volume isn't where it comes from.
const BESIDE_THE_SOURCE: [&str; 9] = [
    "capacity",
    "accessModes",
    "claimRef",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "mountOptions",
    "volumeMode",
    "nodeAffinity",
    "volumeAttributesClassName",
];

/// A volume stays where it is. Of what differs the server prints more than is printed here.
pub(super) fn volume(old: &Object, new: &Object) -> Option<Fault> {
    let (before, after) = (old.at("spec"), new.at("spec"));
    let mut keys: Vec<_> = before.entries().into_iter().chain(after.entries()).map(|(key, _)| key).collect();
    keys.sort();
    keys.dedup();
    keys.retain(|key| !BESIDE_THE_SOURCE.contains(&&**key) && !is_equal(&before.get(key), &after.get(key)));
    let detail = "spec.persistentvolumesource is immutable after creation";
    let fields: Vec<String> = keys.iter().map(|key| format!("spec.{key}")).collect();
    (!fields.is_empty()).then(|| Fault::forbidden("spec.persistentvolumesource", detail).because_of(fields))
}

/// A class stays what it is, but for whether its volumes may grow.
pub(super) fn class(old: &StorageClass, new: &Object) -> Vec<Fault> {
    let before = |path: &str| old.spec.as_ref().map(|spec| spec.at(path));
    let said = |field: Option<Field>, default: &str| field.and_then(|field| field.string()).unwrap_or(default.into());
    let mut faults = Vec::new();
    if before("parameters").is_some_and(|before| !is_equal(&before, &new.at("parameters"))) {
        faults.push(Fault::forbidden("parameters", "updates to parameters are forbidden."));
    }
    if old.provisioner != said(Some(new.at("provisioner")), "") {
        faults.push(Fault::forbidden("provisioner", "updates to provisioner are forbidden."));
    }
    if old.reclaim_policy != said(Some(new.at("reclaimPolicy")), "Delete") {
        faults.push(Fault::forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden."));
    }
    let mode = new.at("volumeBindingMode");
    if said(before("volumeBindingMode"), "Immediate") != said(Some(mode.clone()), "Immediate") {
        faults.push(Fault::invalid("volumeBindingMode", &Json::of(&mode).scalar(Some("Immediate")), IMMUTABLE));
    }
    faults
}

/// A pod of its own stays what it is, but for its images and little else. Of what differs the server prints more than
/// is printed here.
pub(super) fn pod(old: &Object, new: &Object) -> Option<Fault> {
    let strip = |spec: Field| {
        let keys = spec.entries().into_iter().map(|(key, _)| key.to_string());
        let kept = keys.filter(|key| !["activeDeadlineSeconds", "tolerations"].contains(&key.as_str()));
        kept.collect::<std::collections::BTreeSet<String>>()
    };
    let (before, after) = (old.at("spec"), new.at("spec"));
    let keys = strip(before.clone()).union(&strip(after.clone())).cloned().collect::<Vec<_>>();
    let differs = |key: &String| {
        let (before, after) = (before.get(key), after.get(key));
        if ["containers", "initContainers"].contains(&key.as_str()) {
            differ_beside_images(&before, &after)
        } else {
            !is_equal(&before, &after)
        }
    };
    let wrong: Vec<String> = keys.into_iter().filter(differs).map(|key| format!("spec.{key}")).collect();
    let detail = "pod updates may not change fields other than `spec.containers[*].image`,\
                  `spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to \
                  existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was \
                  previously negative)";
    (!wrong.is_empty()).then(|| Fault::forbidden("spec", detail).because_of(wrong))
}

fn differ_beside_images(before: &Field, after: &Field) -> bool {
    let (before, after) = (before.items(), after.items());
    let differ = |(before, after): (&Field, &Field)| {
        let mut keys: Vec<_> = before.entries().into_iter().chain(after.entries()).map(|(key, _)| key).collect();
        keys.retain(|key| &**key != "image");
        keys.iter().any(|key| !is_equal(&before.get(key), &after.get(key)))
    };
    before.len() != after.len() || before.iter().zip(&after).any(differ)
}

/// What nothing is simulated of: a role that is bound, the type of a Secret, and what says that it is immutable.
pub(super) fn other(old: &Object, new: &Object, minor: u32) -> Vec<Fault> {
    let differs = |path: &str| !is_equal(&old.at(path), &new.at(path));
    let mut faults = Vec::new();
    match new.kind().as_str() {
        "RoleBinding" | "ClusterRoleBinding" if differs("roleRef") => {
            faults.push(Fault::invalid("roleRef", &role(&new.at("roleRef"), minor), "cannot change roleRef"));
        }
        "Secret" | "ConfigMap" => {
            let kind = |object: &Object| object.at("type").string().unwrap_or_else(|| "Opaque".to_owned());
            if kind(old) != kind(new) {
                faults.push(Fault::invalid("type", &Json::of(&new.at("type")).scalar(Some("Opaque")), IMMUTABLE));
            }
            let detail = "field is immutable when `immutable` is set";
            if old.at("immutable").is_true() {
                let is_other = |path: &&str| differs(path);
                let wrong = ["immutable", "data", "stringData", "binaryData"].into_iter().filter(is_other);
                let told = wrong.map(|path| if path == "stringData" { "data" } else { path });
                faults.extend(told.map(|path| Fault::forbidden(path, detail)));
            }
        }
        _ => {}
    }
    faults
}
