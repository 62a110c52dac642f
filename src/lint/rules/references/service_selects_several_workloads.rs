//! A Service shares requests out among different programs.

use crate::lint::cx::Cx;
use crate::lint::pods::Pods;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Service that selects the pods of several workloads.
pub static RULE: Rule = Rule {
    id: "service-selects-several-workloads",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "Service that selects several workloads",
    docs: Docs {
        what: "A Service whose selector the pods of two or more rendered workloads that run on satisfy.",
        why: "Requests are shared out among different programs, of which one may not know the answer. Sometimes that \
              is meant, as for a primary and its replicas.",
        fix: "Add a label that tells them apart, such as `app.kubernetes.io/component`.",
    },
    bad: "\
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
          image: worker:1.0
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80}]
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
          image: worker:1.0
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web, part: front}
  ports: [{port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services().iter().filter(|service| !service.selector.is_empty()) {
        let is_selected =
            |pods: &&Pods| pods.stay() && pods.namespace == service.namespace && pods.satisfy(&service.selector);
        let selected: Vec<_> = cx.pods().iter().filter(is_selected).map(Pods::title).collect();
        if selected.len() > 1 {
            let message = format!(
                "Service `{}` shares requests out among the pods of several workloads: {}",
                service.name,
                selected.join(", ")
            );
            let fix = "add a label such as `app.kubernetes.io/component` to the selector".to_owned();
            let concern = RULE.concern(&service.object.at("spec.selector"), message, fix);
            report.leading(service.subject, vec![concern]);
        }
    }
}
