//! An image whose version nobody knows.

use crate::kube::{Container, ImageReference};
use crate::lint::cx::Cx;
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
        what: "A container whose image has neither tag nor digest, or has the tag `latest`.",
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
        report.leading(workload.subject, concern(&container).into_iter().collect());
    }
}

/// The fault, if the container has it.
fn concern(container: &Container) -> Option<Concern> {
    let field = container.get("image");
    let image = ImageReference::parse(&field.string()?).ok()?;
    let said = match (&image.tag, &image.digest) {
        (_, Some(_)) => return None,
        (None, None) => "has no tag",
        (Some(tag), None) if tag == "latest" => "has the tag `latest`",
        (Some(_), None) => return None,
    };
    let name = container_name(container);
    let message = format!("the image `{}` of container `{name}` {said}: nobody knows which version runs", image.name);
    Some(RULE.concern(&field, message, "name a version".to_owned()))
}
