//! A run that was missed may be made up for at any time.

use crate::kube::WorkloadKind;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `CronJob` without `startingDeadlineSeconds`.
pub static RULE: Rule = Rule {
    id: "cronjob-deadline",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "runs without a deadline",
    docs: Docs {
        what: "A CronJob without `startingDeadlineSeconds`.",
        why: "After a hundred runs that were missed, such as while it was suspended, it doesn't run any more; until \
              then it makes up for them at any time.",
        fix: "Write `startingDeadlineSeconds: 200`.",
    },
    bad: "\
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
    good: "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"0 * * * *\"
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 200
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
        let field = workload.subject.object.at("spec.startingDeadlineSeconds");
        if !field.is_present() {
            let message = "nothing says how late a run may begin that was missed".to_owned();
            let fix = "set `startingDeadlineSeconds: 200`".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
