//! Two volumes have the same name.

use std::collections::BTreeSet;

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A name that two volumes of a pod bear.
pub static RULE: Rule = Rule {
    id: "duplicate-volume-name",
    group: Group::Storage,
    severity: Severity::Error,
    activation: Activation::On,
    title: "two volumes of the same name",
    docs: Docs {
        what: "Two entries in `volumes` of a pod that bear the same name.",
        why: "The API server refuses the pod. It happens easily where a list from the values is joined to one in the \
              template.",
        fix: "Rename one of them, or remove it.",
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
          volumeMounts: [{name: data, mountPath: /data}]
      volumes:
        - name: data
          emptyDir: {}
        - name: data
          emptyDir: {medium: Memory}
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
        let mut seen = BTreeSet::new();
        for name in pods.spec.volumes().iter().map(|volume| volume.get("name")) {
            if let Some(written) = name.string().filter(|written| !seen.insert(written.clone())) {
                let message = format!("two volumes are named `{written}`: the API server refuses the pod");
                let concern = RULE.concern(&name, message, "rename one of them, or remove it".to_owned());
                report.leading(pods.subject, vec![concern]);
            }
        }
    }
}
