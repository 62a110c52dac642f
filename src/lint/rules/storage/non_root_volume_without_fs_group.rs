//! A process that is not root gets a volume that belongs to root.

use super::volumes::claim_names;
use crate::kube::Container;
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim mounted by a container that isn't root, in a pod without `fsGroup`.
pub static RULE: Rule = Rule {
    id: "non-root-volume-without-fs-group",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "claim for a user other than root, without fsGroup",
    docs: Docs {
        what: "A container that mounts a claim and runs as a user other than root, by `runAsUser` or `runAsNonRoot`, \
               in a pod without `securityContext.fsGroup`.",
        why: "A fresh volume belongs to root: without `fsGroup` the process is often refused when it writes, \
              `permission denied`.",
        fix: "Set `fsGroup` in the security context of the pod to the group of the process.",
    },
    bad: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  annotations: {helm.sh/resource-policy: keep}
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      securityContext: {runAsUser: 1000}
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
",
    good: "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  annotations: {helm.sh/resource-policy: keep}
spec:
  accessModes: [ReadWriteMany]
  storageClassName: fast
  resources: {requests: {storage: 1Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      securityContext: {runAsUser: 1000, fsGroup: 1000}
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        report.leading(pods.subject, concern(pods).into_iter().collect());
    }
}

/// The fault, if the pods have it: one, however many containers and claims.
fn concern(pods: &Pods) -> Option<Concern> {
    let group = pods.spec.get("securityContext").get("fsGroup");
    if group.is_present() {
        return None;
    }
    let claimed = claimed(pods);
    let containers = pods.spec.all_containers();
    let mut writing = containers.iter().filter(|container| is_not_root(pods, container));
    let mounts_claim = |container: &&Container| {
        let writable =
            container.get("volumeMounts").items().into_iter().filter(|mount| !mount.get("readOnly").is_true());
        writable.filter_map(|mount| mount.get("name").string()).any(|name| claimed.contains(&name))
    };
    let name = container_name(writing.find(mounts_claim)?);
    let message =
        format!("container `{name}` isn't root and mounts a claim, which belongs to root: it may not write to it");
    Some(RULE.concern(&group, message, "set `securityContext.fsGroup` of the pod".to_owned()))
}

/// The names of the volumes that are claims.
fn claimed(pods: &Pods) -> Vec<String> {
    let volumes = pods.spec.volumes().into_iter();
    let claims =
        volumes.filter(|volume| ["persistentVolumeClaim", "ephemeral"].iter().any(|key| volume.get(key).is_present()));
    claims.filter_map(|volume| volume.get("name").string()).chain(claim_names(pods)).collect()
}

/// Whether a container runs as another user than root.
fn is_not_root(pods: &Pods, container: &Container) -> bool {
    let effective = |key: &str| {
        let own = container.get("securityContext").get(key);
        if own.is_present() { own } else { pods.spec.get("securityContext").get(key) }
    };
    match effective("runAsUser").integer() {
        Some(user) => user > 0,
        None => effective("runAsNonRoot").is_true(),
    }
}
