//! An image whose name is none.

use crate::kube::{Container, ImageReference};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An image that is empty, or whose name cannot be read.
pub static RULE: Rule = Rule {
    id: "invalid-image-reference",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "image whose name is none",
    docs: Docs {
        what: "A container without `image`, or with one that is no reference to an image: an empty tag, capital \
               letters in the path, blanks, `<no value>`.",
        why: "The API server refuses the pod, or it stays at `InvalidImageName`. Usually a value is missing.",
        fix: "Set the values that the name is made of, and give the template a default for them.",
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
          image: \"web:\"
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
    let name = container_name(container);
    let fix = "set the values that the name of the image is made of".to_owned();
    let image = field.string().unwrap_or_default();
    if image.is_empty() && (!field.is_present() || field.text().is_some()) {
        return Some(RULE.concern(&field, format!("container `{name}` has no image: the API server refuses it"), fix));
    }
    // Of something else than text the schema speaks.
    let why = ImageReference::parse(&field.string()?).err()?;
    let message = format!("container `{name}` never starts: `{image}` is no name of an image, for {why}");
    Some(RULE.concern(&field, message, fix))
}
