//! A container can write to its own files.

use crate::kube::Container;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A container without `readOnlyRootFilesystem: true`.
pub static RULE: Rule = Rule {
    id: "no-read-only-root-fs",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "container that can write to its root file system",
    docs: Docs {
        what: "A container whose `securityContext` does not have `readOnlyRootFilesystem: true`.",
        why: "Where the files of an image cannot be changed, an attacker cannot plant programs among them, and the \
              program cannot fill the disk of the node.",
        fix: "Set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where the program writes, such as `/tmp`.",
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
          securityContext: {readOnlyRootFilesystem: true}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        report.leading(workload.subject, concern(workload, &container).into_iter().collect());
    }
}

/// The fault, if the container has it.
fn concern(workload: &WorkloadSubject, container: &Container) -> Option<Concern> {
    let read_only = container.get("securityContext").get("readOnlyRootFilesystem");
    if read_only.is_true() || workload.pod.get("os").get("name").is("windows") {
        return None;
    }
    let message = format!("container `{}` can write to the files of its image", container_name(container));
    let fix = "set `readOnlyRootFilesystem: true`, with an emptyDir where it writes".to_owned();
    Some(RULE.concern(&read_only, message, fix))
}
