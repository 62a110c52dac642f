//! Provisioners: they make the volume that isn't there.

use super::super::super::Cluster;
use super::super::super::clock::Seconds;
use super::super::super::event::Record;
use super::super::super::objects::{Claim, Key, Kind, StorageClass, Volume, VolumePhase};
use super::super::super::queue::Alarm;
use super::bind;

/// Making a volume takes so long.
const PROVISIONING: Seconds = 1;
/// The provisioner of minikube, whose volumes are directories of the node.
const MINIKUBE: &str = "k8s.io/minikube-hostpath";
/// Of classes whose volumes are made by hand.
const NOBODY: &str = "kubernetes.io/no-provisioner";

/// Has the claim's volume made, or tells why nobody makes it.
pub fn make(cluster: &mut Cluster, claim: &Claim) {
    let class = claim.class.as_deref().unwrap_or_default();
    let found = cluster.store.classes.get(&Key::new("", class)).cloned();
    match found.filter(|class| class.provisioner != NOBODY) {
        Some(class) => match claim.provisioned_at {
            None => begin(cluster, claim, &class),
            Some(due) if due <= cluster.now => finish(cluster, claim, &class),
            Some(_) => {}
        },
        None => refuse(cluster, claim, class),
    }
}

fn refuse(cluster: &mut Cluster, claim: &Claim, class: &str) {
    let name = &claim.meta.key.name;
    let (sentence, record) = if class.is_empty() {
        let message = "no persistent volumes available for this claim and no storage class is set";
        let sentence = format!("claim {name} waits: no volume fits, and without a class nobody makes one");
        (sentence, Record::normal("FailedBinding", message))
    } else if cluster.store.classes.contains_key(&Key::new("", class)) {
        let sentence = format!("claim {name} waits: no volume of class {class} fits, and nobody makes any");
        (sentence, Record::normal("FailedBinding", "no persistent volumes available for this claim"))
    } else {
        let message = format!("storageclass.storage.k8s.io \"{class}\" not found");
        let sentence = format!("claim {name} waits: there is no storage class {class}");
        (sentence, Record::warning("ProvisioningFailed", message))
    };
    cluster.tell_wait(claim.meta.reference(), sentence, Some(claim.because("storageClassName")), Some(record));
}

fn begin(cluster: &mut Cluster, claim: &Claim, class: &StorageClass) {
    let due = cluster.now.after(PROVISIONING);
    if let Some(claim) = cluster.store.claims.get_mut(&claim.meta.key) {
        claim.provisioned_at = Some(due);
    }
    cluster.touch();
    cluster.alarm(PROVISIONING, Alarm::Look);
    let message = format!("External provisioner is provisioning volume for claim \"{}\"", claim.meta.key);
    let record = Some(Record::normal("Provisioning", message));
    let sentence = format!(
        "a volume for claim {} is asked for: {} makes those of class {}",
        claim.meta.key.name, class.provisioner, class.meta.key.name
    );
    cluster.tell_wait(claim.meta.reference(), sentence, Some(claim.because("storageClassName")), record);
}

fn finish(cluster: &mut Cluster, claim: &Claim, class: &StorageClass) {
    let name = format!("pvc-{}", claim.meta.uid);
    let meta = cluster.meta(Kind::Volume, Key::new("", &name));
    let key = &claim.meta.key;
    let directory = || format!("/tmp/hostpath-provisioner/{}/{}", key.namespace, key.name);
    let volume = Volume {
        spec: None,
        capacity: claim.size(),
        access_modes: claim.access_modes(),
        reclaim_policy: class.reclaim_policy.clone(),
        class: class.meta.key.name.clone(),
        claim: Some(key.clone()),
        claim_uid: Some(claim.meta.uid.clone()),
        phase: VolumePhase::Bound,
        host_path: (class.provisioner == MINIKUBE).then(directory),
        meta,
    };
    let place = volume.host_path.as_ref().map(|path| format!(", directory {path} of the node")).unwrap_or_default();
    let about = volume.meta.reference();
    cluster.store.volumes.insert(volume.meta.key.clone(), volume);
    let record = Record::normal("ProvisioningSucceeded", format!("Successfully provisioned volume {name}"));
    let record = record.of(claim.meta.reference());
    cluster.tell(about, format!("volume {name} is made for claim {}{place}", key.name), None, Some(record));
    bind(cluster, claim, &name, "storageClassName");
}
