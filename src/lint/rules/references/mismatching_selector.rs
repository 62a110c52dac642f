//! A controller does not select the pods of its own template.

use super::selectors::{own_selector, written};
use crate::kube::Requirement;
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A selector that the labels of the same object's pods don't satisfy.
pub static RULE: Rule = Rule {
    id: "mismatching-selector",
    group: Group::References,
    severity: Severity::Error,
    activation: Activation::On,
    title: "selector that its own pods do not satisfy",
    docs: Docs {
        what: "A Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController or DeploymentConfig whose \
               `spec.selector` isn't satisfied by `spec.template.metadata.labels`.",
        why: "The controller would never find the pods it makes, so the API server refuses the object: `selector` does \
              not match template `labels`.",
        fix: "Use the same helper in both places: `{{ include \"chart.selectorLabels\" . }}`.",
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
      labels: {app: website}
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        report.leading(pods.subject, concern(pods).into_iter().collect());
    }
}

/// The fault, if the object has it. Labels that controllers write count for nothing here: they come later.
fn concern(pods: &Pods) -> Option<Concern> {
    let selector = own_selector(pods)?;
    let is_unmet =
        |requirement: &&Requirement| !requirement.is_met(pods.labels.get(&requirement.key).string().as_deref());
    let unmet: Vec<_> = selector.requirements().iter().filter(is_unmet).map(written).collect();
    let message = format!(
        "{} selects pods with {}, which its own pods don't have: the API server refuses it",
        pods.title(),
        listed(&unmet)
    );
    let fix = "give `selector` and the labels of `template` the same helper".to_owned();
    let field = pods.subject.object.at("spec.selector");
    (!unmet.is_empty()).then(|| RULE.concern(&field, message, fix))
}
