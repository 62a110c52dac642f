//! The selector of one controller matches the pods of another.

use super::selectors::own_selector;
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Two controllers that look for the same pods.
pub static RULE: Rule = Rule {
    id: "overlapping-selectors",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "two controllers that select the same pods",
    docs: Docs {
        what: "A Deployment, StatefulSet, DaemonSet, ReplicaSet or ReplicationController whose selector is satisfied \
               by the pods of another workload in the same namespace. Jobs and hooks are another rule's.",
        why: "Whoever goes by the selector gets both: `kubectl logs`, autoscalers, disruption budgets, affinity. Pods \
              without an owner may be taken over.",
        fix: "Add a label that tells them apart to the selector and the pods, such as `app.kubernetes.io/component`. \
              The selector of what is installed can't be changed: it must be made anew.",
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
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web, part: worker}
    spec:
      containers:
        - name: worker
          image: web:1.0
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web, part: front}
  template:
    metadata:
      labels: {app: web, part: front}
    spec:
      containers:
        - name: web
          image: web:1.0
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  selector:
    matchLabels: {app: web, part: worker}
  template:
    metadata:
      labels: {app: web, part: worker}
    spec:
      containers:
        - name: worker
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let selecting = cx.pods().iter().filter(|pods| pods.stay());
    let selecting = selecting.filter_map(|pods| Some((pods, own_selector(pods).filter(|own| !own.is_empty())?)));
    let selecting: Vec<_> = selecting.collect();
    for (pods, selector) in selecting.iter().filter(|(pods, selector)| pods.satisfy(selector)) {
        let also = cx.pods().iter().filter(|other| is_other(pods, other) && other.satisfy(selector));
        // Of two that select each other, the second is told.
        let is_told_there = |other: &&Pods| {
            let its = selecting.iter().find(|(one, _)| one.subject.index == other.subject.index);
            other.subject.index > pods.subject.index && its.is_some_and(|(_, its)| pods.satisfy(its))
        };
        let also: Vec<_> = also.filter(|other| !is_told_there(other)).map(Pods::title).collect();
        report.leading(pods.subject, concern(pods, &also).into_iter().collect());
    }
}

/// Whether they are other pods, in the same namespace, that run on. (The same object twice is another rule's.)
fn is_other(pods: &Pods, other: &Pods) -> bool {
    other.title() != pods.title() && other.namespace == pods.namespace && other.stay()
}

/// The fault, if others are selected.
fn concern(pods: &Pods, also: &[String]) -> Option<Concern> {
    let (first, more) = also.split_first()?;
    let others = match more.len() {
        0 => first.clone(),
        count => format!("{first} and {count} more"),
    };
    let message =
        format!("the selector of {} matches the pods of {others}, too: they can't be told apart", pods.title());
    let fix = "add a label such as `app.kubernetes.io/component` to selector and pods".to_owned();
    Some(RULE.concern(&pods.subject.object.at("spec.selector"), message, fix))
}
