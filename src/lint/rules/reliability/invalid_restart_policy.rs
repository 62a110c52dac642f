//! Pods are started anew where they must not, or not where they must.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `restartPolicy` that the kind of the workload does not allow.
pub static RULE: Rule = Rule {
    id: "invalid-restart-policy",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "restart policy that the kind does not allow",
    docs: Docs {
        what: "A Job or CronJob whose pods have no `restartPolicy`, or `Always`; or another workload whose pods have \
               another one than `Always`.",
        why: "The API server refuses it: what runs on has to be started anew, what ends must not be.",
        fix: "Write `OnFailure` or `Never` for Jobs, and nothing for the others.",
    },
    bad: "\
apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  ttlSecondsAfterFinished: 600
  template:
    spec:
      restartPolicy: Always
      containers:
        - name: import
          image: import:1.0
",
    good: "\
apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  ttlSecondsAfterFinished: 600
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: import
          image: import:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

/// The fault, if the workload has it.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let field = workload.pod.get("restartPolicy");
    let policy = field.string().filter(|policy| !policy.is_empty()).unwrap_or_else(|| "Always".to_owned());
    let (is_allowed, fix) = match workload.workload.kind {
        WorkloadKind::Pod => return None,
        WorkloadKind::Job | WorkloadKind::CronJob => {
            (policy == "OnFailure" || policy == "Never", "set `restartPolicy` to OnFailure or Never")
        }
        _ => (policy == "Always", "remove `restartPolicy`"),
    };
    let kind = workload.subject.object.kind();
    let message = if field.is_present() {
        format!("the pods of a {kind} can't have the restartPolicy {policy}: the API server refuses it")
    } else {
        format!("the pods of a {kind} need a restartPolicy: the API server refuses the default, Always")
    };
    (!is_allowed).then(|| RULE.concern(&field, message, fix.to_owned()))
}
