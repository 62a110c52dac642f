//! Two volumes are mounted at the same place.

use std::collections::BTreeMap;

use crate::kube::{Container, Field};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A place of a container at which two volumes are mounted.
pub static RULE: Rule = Rule {
    id: "duplicate-mount-path",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two mounts at the same path",
    docs: Docs {
        what: "Two entries in `volumeMounts` of a container with the same `mountPath`. Paths that are the same once \
               `//`, `/./` and a slash at the end are taken away weigh less: the API server lets them pass.",
        why: "The API server refuses the pod: `must be unique`. Where it doesn't see that the paths are the same, the \
              second mount hides the first.",
        fix: "Give one of them another path, or mount single files with `subPath`.",
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
          volumeMounts:
            - {name: data, mountPath: /data}
            - {name: cache, mountPath: /data}
      volumes:
        - name: data
          emptyDir: {}
        - name: cache
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
          volumeMounts:
            - {name: data, mountPath: /data}
            - {name: cache, mountPath: /cache}
      volumes:
        - name: data
          emptyDir: {}
        - name: cache
          emptyDir: {}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for container in pods.spec.all_containers() {
            let mut seen: BTreeMap<String, String> = BTreeMap::new();
            for path in container.get("volumeMounts").items().iter().map(|mount| mount.get("mountPath")) {
                let Some(written) = path.string().filter(|written| !written.is_empty()) else { continue };
                if let Some(first) = seen.get(&normal(&written)) {
                    report.leading(pods.subject, vec![concern(&container, &path, first, &written)]);
                } else {
                    seen.insert(normal(&written), written);
                }
            }
        }
    }
}

/// The fault of the second of two mounts.
fn concern(container: &Container, path: &Field, first: &str, second: &str) -> Concern {
    let name = container_name(container);
    let fix = "give one of them another path".to_owned();
    if first == second {
        let message = format!("container `{name}` has two mounts at `{second}`: the API server refuses the pod");
        return RULE.concern(path, message, fix);
    }
    let message =
        format!("container `{name}` mounts at `{second}` what it hides at `{first}`: both are the same place");
    Concern { severity: Severity::Warning, ..RULE.concern(path, message, fix) }
}

/// The path without what doesn't change where it leads.
fn normal(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    parts.join("/")
}
