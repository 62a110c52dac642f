//! A volume that no container mounts.

use super::volumes::{claim_names, is_mounted};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume without a mount.
pub static RULE: Rule = Rule {
    id: "unmounted-volume",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "volume that no container mounts",
    docs: Docs {
        what: "An entry in `volumes` of a pod that no container mounts. Jobs and hooks are left alone.",
        why: "Kubernetes makes the volume ready before it starts the containers, and the pod waits for it; then nobody \
              looks into it. Mostly a mount has been forgotten, or lost.",
        fix: "Mount it, or remove it.",
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
    for pods in cx.pods().iter().filter(|pods| pods.stay()) {
        let templates = claim_names(pods);
        for name in pods.spec.volumes().iter().map(|volume| volume.get("name")) {
            report.leading(pods.subject, concern(pods, &name, &templates).into_iter().collect());
        }
    }
}

/// The fault, if the volume has it. (Where a claim template replaces it, another rule says so.)
fn concern(pods: &Pods, name: &Field, templates: &[String]) -> Option<Concern> {
    let volume = name.string().filter(|volume| !is_mounted(pods, volume) && !templates.contains(volume))?;
    let message = format!("no container mounts volume `{volume}`: it is made ready and never used");
    Some(RULE.concern(name, message, format!("mount `{volume}` in a container, or remove it")))
}
