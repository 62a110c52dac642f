//! A field differs from what is installed, and can't be changed.

use super::immutable::{Change, changes};
use crate::kube::Object;
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;
use crate::value::brief;

/// A field that Kubernetes doesn't let change, and that differs from what is installed.
pub static RULE: Rule = Rule {
    id: "immutable-field-changed",
    group: Group::Statefulset,
    severity: Severity::Error,
    activation: Activation::On,
    title: "change that Kubernetes forbids",
    docs: Docs {
        what: "An object that is in the installed chart, too, and differs there in a field which Kubernetes doesn't \
               let change: the selector of a workload, nearly everything of a StatefulSet, the template of a Job, the \
               `clusterIP` of a Service, the `roleRef` of a binding, … The installed chart is the one that \
               `--baseline` names; on the page it is the baseline of Changes, where the settings say that this is an \
               upgrade.",
        why: "The upgrade fails, often halfway: objects before this one are changed already.",
        fix: "Leave the field as it was; or give the object another name; or delete it before the upgrade, a \
              StatefulSet with `--cascade=orphan`, so that its pods stay.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web-headless
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: web:1.1}]
-- baseline/templates/web.yaml --
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: web:1.0}]
",
    good: "\
-- templates/web.yaml --
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: web:1.1}]
-- baseline/templates/web.yaml --
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: web:1.0}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(installed) = cx.scene().and_then(|scene| scene.background.installed.as_ref()) else { return };
    for subject in cx.subjects().filter(|subject| !is_hook(subject.object)) {
        let Some(before) = installed.iter().find(|before| is_same(cx, subject, before)) else { continue };
        for change in changes(before, subject.object) {
            report.leading(subject, vec![concern(&change)]);
        }
    }
}

fn concern(change: &Change) -> Concern {
    let Change { before, after } = change;
    let there = "where it is installed";
    let (path, was, is) = (before.path(), brief(before.value()), brief(after.value()));
    let message = match (before.is_present(), after.is_present()) {
        (true, true) if was != is => format!("`{path}` is `{was}` {there} and `{is}` here"),
        (true, false) => format!("`{path}` is `{was}` {there} and missing here"),
        (false, _) => format!("`{path}` isn't set {there}"),
        _ => format!("`{path}` differs from what it is {there}"),
    };
    let message = format!("{message}: it can't be changed, and the upgrade fails");
    let fix = "leave it as it was, or give the object another name".to_owned();
    RULE.concern(after, message, fix)
}

/// Whether it is the same object in the cluster.
fn is_same(cx: &Cx, subject: Subject, before: &Object) -> bool {
    let (own, other) = (subject.object.gvk(), before.gvk());
    (own.group, own.kind) == (other.group, other.kind)
        && subject.object.name() == before.name()
        && cx.namespace(subject.object) == cx.namespace(before)
        && !is_hook(before)
}

/// Hooks are made anew each time.
fn is_hook(object: &Object) -> bool {
    object.annotation("helm.sh/hook").is_some()
}
