//! The data goes with the pods.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` whose claims are deleted.
pub static RULE: Rule = Rule {
    id: "statefulset-claims-deleted",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "claims that are deleted with their pods",
    docs: Docs {
        what: "A StatefulSet with claims whose `persistentVolumeClaimRetentionPolicy` says `Delete`, when the set is \
               deleted or when it gets fewer pods.",
        why: "The volumes, and usually the data in them, are deleted without a question.",
        fix: "Say `Retain`, unless the data can be made anew.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Delete
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
          volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
          volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        report.leading(set.subject, concern(set).into_iter().collect());
    }
}

/// The fault, if the set has it.
fn concern(set: &WorkloadSubject) -> Option<Concern> {
    let spec = set.subject.object.spec();
    let policy = spec.get("persistentVolumeClaimRetentionPolicy");
    let (deleted, scaled) = (policy.get("whenDeleted"), policy.get("whenScaled"));
    let (field, when) = match (deleted.is("Delete"), scaled.is("Delete")) {
        (true, true) => (deleted, "when the StatefulSet is deleted or gets fewer pods"),
        (true, false) => (deleted, "when the StatefulSet is deleted"),
        (false, true) => (scaled, "when the StatefulSet gets fewer pods"),
        (false, false) => return None,
    };
    let has_claims = !spec.get("volumeClaimTemplates").items().is_empty();
    let message = format!("the volumes of its pods are deleted {when}, with the data in them");
    has_claims.then(|| RULE.concern(&field, message, "use `Retain` for data that can't be made anew".to_owned()))
}
