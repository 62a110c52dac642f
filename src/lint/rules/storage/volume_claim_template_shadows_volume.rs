//! A claim template of a `StatefulSet` that bears the name of a volume.

use super::volumes::claim_names;
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume that a claim template of the same name replaces.
pub static RULE: Rule = Rule {
    id: "volume-claim-template-shadows-volume",
    group: Group::Storage,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "claim template with the name of a volume",
    docs: Docs {
        what: "A template in `volumeClaimTemplates` of a StatefulSet that bears the name of an entry in `volumes` of \
               its pods.",
        why: "The controller puts the claim in the place of the volume: what is written there is never used, and \
              nobody is told.",
        fix: "Remove the volume, or the template; or give one of them another name. Often one of both belongs under a \
              condition that it lost.",
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
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          emptyDir: {}
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
        let templates = claim_names(pods);
        for name in pods.spec.volumes().iter().map(|volume| volume.get("name")) {
            report.leading(pods.subject, concern(&name, &templates).into_iter().collect());
        }
    }
}

/// The fault, if the volume has it.
fn concern(name: &Field, templates: &[String]) -> Option<Concern> {
    let volume = name.string().filter(|volume| templates.contains(volume))?;
    let message =
        format!("the claim template `{volume}` takes the place of this volume of the same name, which is never used");
    Some(RULE.concern(name, message, format!("remove the volume `{volume}`, or give it another name")))
}
