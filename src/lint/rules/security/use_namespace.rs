//! An object goes into the namespace `default`.

use crate::lint::cx::{Cx, Subject};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A workload or a Service in the namespace `default`.
pub static RULE: Rule = Rule {
    id: "use-namespace",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "object in the namespace `default`",
    docs: Docs {
        what: "A workload or a Service that will be in the namespace `default`: by its own word or, where it has none, \
               by the release's.",
        why: "What lies there has no bounds of its own: rights, quotas and policies are those of all the rest.",
        fix: "Install the chart into a namespace of its own.",
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
  namespace: web
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
    let workloads = cx.workloads().iter().map(|workload| workload.subject);
    let services = cx.services().iter().map(|service| service.subject);
    for subject in workloads.chain(services).filter(|subject: &Subject| cx.namespace(subject.object) == "default") {
        let field = subject.object.metadata().get("namespace");
        let message = "the object goes into the namespace `default`".to_owned();
        let fix = "install it into a namespace of its own".to_owned();
        report.leading(subject, vec![RULE.concern(&field, message, fix)]);
    }
}
