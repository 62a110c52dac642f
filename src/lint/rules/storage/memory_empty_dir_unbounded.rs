//! A volume in memory without a limit.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A volume in memory which may grow without a limit of its own.
pub static RULE: Rule = Rule {
    id: "memory-empty-dir-unbounded",
    group: Group::Storage,
    severity: Severity::Note,
    activation: Activation::On,
    title: "volume in memory without a limit",
    docs: Docs {
        what: "An `emptyDir` volume with `medium: Memory` and no `sizeLimit`.",
        why: "What is written to it is memory, and counts against the limits of the containers that write; without a \
              limit it may take half of the node's.",
        fix: "Set `sizeLimit`.",
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
          emptyDir: {medium: Memory, sizeLimit: 64Mi}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        for volume in pods.spec.volumes() {
            let directory = volume.get("emptyDir");
            let limit = directory.get("sizeLimit");
            if directory.get("medium").is("Memory") && !limit.is_present() {
                let name = volume.get("name").string().unwrap_or_default();
                let message =
                    format!("volume `{name}` is memory without a limit: what is written to it takes the pod's");
                report.leading(pods.subject, vec![RULE.concern(&limit, message, "set `sizeLimit`".to_owned())]);
            }
        }
    }
}
