//! A file that stays as it was when the pod started.

use std::collections::BTreeSet;

use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A file of a `ConfigMap` or Secret mounted by `subPath`.
pub static RULE: Rule = Rule {
    id: "subpath-no-updates",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "subPath of a ConfigMap or Secret",
    docs: Docs {
        what: "A mount with `subPath` or `subPathExpr` of a volume that is a ConfigMap, a Secret or projected. One \
               finding for each volume of a container.",
        why: "A file that is mounted by `subPath` never changes, even when the ConfigMap does; the directory would.",
        fix: "Mount the directory; or give the pods an annotation with the checksum of what they read, so that they \
              start anew.",
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
          volumeMounts: [{name: data, mountPath: /data, subPath: mode}]
      volumes:
        - name: data
          configMap: {name: settings}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
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
          configMap: {name: settings}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {mode: fast}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for container in pods.spec.all_containers() {
            let mut told = BTreeSet::new();
            for mount in container.get("volumeMounts").items() {
                let Some(name) = mount.get("name").string().filter(|name| is_content(pods, name)) else { continue };
                let part = ["subPath", "subPathExpr"].map(|key| mount.get(key)).into_iter().find(Field::is_present);
                if let Some(part) = part.filter(|part| !part.is("") && told.insert(name.clone())) {
                    report.leading(pods.subject, vec![concern(&container, &name, &part)]);
                }
            }
        }
    }
}

/// Whether a volume is made of what the API server keeps.
fn is_content(pods: &Pods, name: &str) -> bool {
    let volume = pods.spec.volume(name);
    volume.is_some_and(|volume| ["configMap", "secret", "projected"].iter().any(|key| volume.get(key).is_present()))
}

/// The fault of a mount.
fn concern(container: &Container, volume: &str, part: &Field) -> Concern {
    let name = container_name(container);
    let message = format!("container `{name}` mounts a part of volume `{volume}`, which never changes while it runs");
    RULE.concern(part, message, "mount the directory, or start the pods anew when the content changes".to_owned())
}
