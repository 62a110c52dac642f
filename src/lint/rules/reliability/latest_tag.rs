//! An image whose version nobody knows.

use crate::kube::{Container, ImageReference};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An image without tag and digest, or with the tag `latest`.
pub static RULE: Rule = Rule {
    id: "latest-tag",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "image without a fixed version",
    docs: Docs {
        what: "A container whose image has neither tag nor digest, or has the tag `latest`. In pods that only run on \
               `helm test` it is only a note.",
        why: "Nobody knows which version runs: a pod that starts anew may run another one than its neighbours, and a \
              rollback changes nothing.",
        fix: "Name a version. Charts usually take `.Chart.AppVersion` where the values name none.",
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
          image: web:latest
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
    let field = container.get("image");
    let image = ImageReference::parse(&field.string()?).ok()?;
    let said = match (&image.tag, &image.digest) {
        (None, None) => "has no tag",
        (Some(tag), None) if tag == "latest" => "has the tag `latest`",
        _ => return None,
    };
    let name = container_name(container);
    let message = format!("the image `{}` of container `{name}` {said}: nobody knows which version runs", image.name);
    let concern = RULE.concern(&field, message, "name a version".to_owned());
    let severity = if is_test(workload) { Severity::Note } else { RULE.severity };
    Some(Concern { severity, ..concern })
}

/// Whether the pods only run on `helm test`.
fn is_test(workload: &WorkloadSubject) -> bool {
    workload.subject.object.annotation("helm.sh/hook").is_some_and(|events| events.contains("test"))
}
