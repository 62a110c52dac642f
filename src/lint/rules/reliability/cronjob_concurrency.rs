//! Runs of a `CronJob` may overlap.

use crate::kube::WorkloadKind;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `CronJob` whose runs may overlap.
pub static RULE: Rule = Rule {
    id: "cronjob-concurrency",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "runs that may overlap",
    docs: Docs {
        what: "A CronJob without `concurrencyPolicy`, or with `Allow`, which is the same.",
        why: "Where a run takes longer than the schedule leaves it, the next one begins beside it: both work on the \
              same, and more and more pods run.",
        fix: "Write `concurrencyPolicy: Forbid`, or `Replace`.",
    },
    bad: "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"0 * * * *\"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report
              image: report:1.0
",
    good: "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"0 * * * *\"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report
              image: report:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads_of(WorkloadKind::CronJob) {
        let field = workload.subject.object.at("spec.concurrencyPolicy");
        if !field.is_present() || field.is("Allow") {
            let message = "a run that takes long and the next one run side by side".to_owned();
            let fix = "set `concurrencyPolicy: Forbid`".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
