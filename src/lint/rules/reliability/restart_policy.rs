//! Pods that are not started again.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods whose `restartPolicy` is neither `Always` nor `OnFailure`.
pub static RULE: Rule = Rule {
    id: "restart-policy",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "pods that are not started again",
    docs: Docs {
        what: "Pods whose `restartPolicy` is neither `Always` nor `OnFailure`; also where it isn't said, though it is \
               `Always` then.",
        why: "A container that fails stays so.",
        fix: "Write `restartPolicy: Always`, or `OnFailure` in a Job.",
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
      restartPolicy: Always
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let field = workload.pod.get("restartPolicy");
        if !["Always", "OnFailure"].iter().any(|accepted| field.is(accepted)) {
            let message = "nothing says that a container which fails is started again".to_owned();
            let fix = "set `restartPolicy` to `Always` or `OnFailure`".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
