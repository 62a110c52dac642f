//! A Job stays when it is done.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Job that is never deleted, or a `CronJob` whose Jobs delete themselves.
pub static RULE: Rule = Rule {
    id: "job-ttl-seconds-after-finished",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "Job that stays when it is done",
    docs: Docs {
        what: "A Job that is no hook and has no `ttlSecondsAfterFinished`; or a CronJob whose Jobs have one.",
        why: "Finished Jobs and their pods pile up. A CronJob deletes its own, by `successfulJobsHistoryLimit` and \
              `failedJobsHistoryLimit`, which a time of their own undermines.",
        fix: "Set `ttlSecondsAfterFinished` for a Job; leave it out of a CronJob.",
    },
    bad: "\
apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  template:
    spec:
      restartPolicy: OnFailure
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
    let object = workload.subject.object;
    match workload.workload.kind {
        WorkloadKind::Job => {
            let field = object.at("spec.ttlSecondsAfterFinished");
            let is_hook = object.metadata().get("annotations").get("helm.sh/hook").is_present();
            let message = "the Job and its pods stay when they are done, until somebody deletes them".to_owned();
            let concern = || RULE.concern(&field, message, "set `ttlSecondsAfterFinished`".to_owned());
            (!field.is_present() && !is_hook).then(concern)
        }
        WorkloadKind::CronJob => {
            let field = object.at("spec.jobTemplate.spec.ttlSecondsAfterFinished");
            let message = "the Jobs delete themselves, whatever history the CronJob is to keep".to_owned();
            let fix = "remove it; `successfulJobsHistoryLimit` says how many Jobs stay".to_owned();
            field.is_present().then(|| RULE.concern(&field, message, fix))
        }
        _ => None,
    }
}
