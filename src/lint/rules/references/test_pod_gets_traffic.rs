//! A Service sends requests to a test or a Job.

use super::selectors::own_selector;
use crate::kube::Selector;
use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// The pods of a hook, a test, a Job or a `CronJob` that bear the labels of others.
pub static RULE: Rule = Rule {
    id: "test-pod-gets-traffic",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "test or Job with the labels of others",
    docs: Docs {
        what: "A hook of Helm (`helm test` among them), a Job or a CronJob whose pods satisfy the selector of a \
               rendered Service that is meant for other pods, or of another workload. Hooks that run only before the \
               installation or after the deletion are left alone.",
        why: "While it runs, the Service sends real requests to it, which it can't answer; a disruption budget counts \
              it, and `kubectl logs` shows it.",
        fix: "Leave the selector labels away from it, or give it a value of its own for `app.kubernetes.io/component` \
              or `app.kubernetes.io/name`.",
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
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
apiVersion: v1
kind: Pod
metadata:
  name: web-test
  labels: {app: web}
  annotations: {helm.sh/hook: test}
spec:
  restartPolicy: Never
  containers:
    - name: wget
      image: busybox:1.37
      args: [wget, web]
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
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
apiVersion: v1
kind: Pod
metadata:
  name: web-test
  labels: {app: web-test}
  annotations: {helm.sh/hook: test}
spec:
  restartPolicy: Never
  containers:
    - name: wget
      image: busybox:1.37
      args: [wget, web]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods().iter().filter(|pods| !pods.stay() && runs_beside(pods)) {
        report.leading(pods.subject, concern(cx, pods).into_iter().collect());
    }
}

/// Whether it runs while the release is installed.
fn runs_beside(pods: &Pods) -> bool {
    let events = pods.subject.object.annotation("helm.sh/hook").unwrap_or_default();
    let alone = ["pre-install", "post-delete", "crd-install"];
    events.is_empty() || !events.split(',').all(|event| alone.contains(&event.trim()))
}

/// The fault, if the pods have it.
fn concern(cx: &Cx, pods: &Pods) -> Option<Concern> {
    let staying: Vec<_> = cx.pods().iter().filter(|other| other.stay() && other.namespace == pods.namespace).collect();
    let is_shared = |selector: &Selector| {
        !selector.is_empty() && pods.satisfy(selector) && staying.iter().any(|other| other.satisfy(selector))
    };
    let mut services = cx.services().iter().filter(|service| service.namespace == pods.namespace);
    let title = pods.title();
    let message = if let Some(service) = services.find(|service| is_shared(&service.selector)) {
        format!("while {title} runs, Service `{}` sends requests to it, too: it has the same labels", service.name)
    } else {
        let selects = |other: &&&Pods| own_selector(other).is_some_and(|selector| is_shared(&selector));
        let other = staying.iter().find(selects)?;
        format!("{} selects the pods of {title}, too: they have the same labels", other.title())
    };
    let fix = "give it other labels, such as an `app.kubernetes.io/component` of its own".to_owned();
    Some(RULE.concern(&pods.labels, message, fix))
}
