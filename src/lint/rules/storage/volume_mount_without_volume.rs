//! A container mounts a volume that the pod does not have.

use super::volumes::{claim_names, mounts};
use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A mount whose name no volume bears.
pub static RULE: Rule = Rule {
    id: "volume-mount-without-volume",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "mount of a volume that is not declared",
    docs: Docs {
        what: "An entry of `volumeMounts` or `volumeDevices` whose `name` is neither that of a volume of the pod nor, \
               in a StatefulSet, that of a template in `volumeClaimTemplates`.",
        why: "The API server refuses the pod: `volumeMounts[0].name: Not found`. For a Deployment this shows only when \
              it tries to make its pods.",
        fix: "Declare the volume under `volumes`, use the name of one that is there, or remove the mount. Where a \
              volume stands under a condition, the mount needs the same.",
    },
    bad: "\
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
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: dta, mountPath: /data}]
      volumes:
        - name: data
          emptyDir: {}
",
    good: "\
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
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          emptyDir: {}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        let mut declared = claim_names(pods);
        declared.extend(pods.spec.volumes().iter().filter_map(|volume| volume.get("name").string()));
        for container in pods.spec.all_containers() {
            for mount in mounts(&container) {
                let found = concern(&container, &mount.get("name"), &declared);
                report.leading(pods.subject, found.into_iter().collect());
            }
        }
    }
}

/// The fault, if the mount has it.
fn concern(container: &Container, name: &Field, declared: &[String]) -> Option<Concern> {
    let wanted = name.string().filter(|wanted| !declared.contains(wanted))?;
    let message = format!(
        "container `{}` mounts volume `{wanted}`, which the pod doesn't have: the API server refuses the pod",
        container_name(container)
    );
    let fix = match likely(&wanted, declared.iter().map(String::as_str)) {
        Some(volume) => format!("did you mean `name: {volume}`?"),
        None => format!("declare a volume `{wanted}`, or remove the mount"),
    };
    Some(RULE.concern(name, message, fix))
}
