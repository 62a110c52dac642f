//! A claim template of a `StatefulSet` that no container mounts.

use super::volumes::{claim_templates, is_mounted};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A claim for each pod, which no container of the pod uses.
pub static RULE: Rule = Rule {
    id: "volume-claim-template-not-mounted",
    group: Group::Storage,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "claim template that no container mounts",
    docs: Docs {
        what: "A template in `volumeClaimTemplates` of a StatefulSet whose name stands in no `volumeMounts` or \
               `volumeDevices` of its containers.",
        why: "For each pod a disk is made and paid for, and nothing is ever written to it: the data that belongs there \
              goes into the container's own file system and is lost with it.",
        fix: "Mount it in the container that needs the storage, or remove the template.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: fast
        resources: {requests: {storage: 1Gi}}
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: fast
        resources: {requests: {storage: 1Gi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for template in claim_templates(pods) {
            report.leading(pods.subject, concern(pods, &template.at("metadata.name")).into_iter().collect());
        }
    }
}

/// The fault, if the template has it.
fn concern(pods: &Pods, name: &Field) -> Option<Concern> {
    let volume = name.string().filter(|volume| !is_mounted(pods, volume))?;
    let message =
        format!("no container mounts the claim template `{volume}`: a disk is made for each pod and never used");
    Some(RULE.concern(name, message, format!("mount `{volume}` in a container, or remove the template")))
}
