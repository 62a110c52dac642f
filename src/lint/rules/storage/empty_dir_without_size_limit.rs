//! A volume on the disk of the node without a limit.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume on the node's disk which may grow without a limit.
pub static RULE: Rule = Rule {
    id: "empty-dir-without-size-limit",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "emptyDir without a limit",
    docs: Docs {
        what: "An `emptyDir` volume on the disk of the node without `sizeLimit`.",
        why: "It may fill the disk of the node, and then other pods are evicted, too.",
        fix: "Set `sizeLimit`: a pod that goes beyond is evicted itself.",
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
          emptyDir: {sizeLimit: 1Gi}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for volume in pods.spec.volumes() {
            let directory = volume.get("emptyDir");
            let limit = directory.get("sizeLimit");
            if directory.is_present() && !directory.get("medium").is("Memory") && !limit.is_present() {
                let name = volume.get("name").string().unwrap_or_default();
                let message = format!("volume `{name}` may fill the disk of the node");
                report.leading(pods.subject, vec![RULE.concern(&limit, message, "set `sizeLimit`".to_owned())]);
            }
        }
    }
}
