//! A set of pods that keep nothing.

use super::storage::{check, keeps_nothing};
use crate::lint::cx::WorkloadSubject;
use crate::lint::report::Concern;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` without lasting volumes.
pub static RULE: Rule = Rule {
    id: "statefulset-without-storage",
    group: Group::Statefulset,
    severity: Severity::Note,
    activation: Activation::On,
    title: "StatefulSet without storage",
    docs: Docs {
        what: "A StatefulSet that has neither `volumeClaimTemplates` nor a volume which outlives its pods.",
        why: "Nothing in it lasts. Unless the pods need their fixed names or their order, a Deployment does the same, \
              and faster.",
        fix: "Add `volumeClaimTemplates`, or use a Deployment.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
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
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
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
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

/// The fault, if the set has it.
pub(super) fn concern(set: &WorkloadSubject) -> Option<Concern> {
    let message = "nothing in this StatefulSet lasts: a Deployment does, unless its pods need fixed names".to_owned();
    let fix = "add `volumeClaimTemplates`, or use a Deployment".to_owned();
    keeps_nothing(set).then(|| RULE.concern(&set.subject.object.at("spec.volumeClaimTemplates"), message, fix))
}
