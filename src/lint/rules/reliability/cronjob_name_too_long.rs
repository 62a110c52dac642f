//! The name of a `CronJob` leaves no room for its Jobs.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `CronJob` whose name has more than 52 characters.
pub static RULE: Rule = Rule {
    id: "cronjob-name-too-long",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "name of a CronJob that is too long",
    docs: Docs {
        what: "A CronJob with a name of more than 52 characters, with the name of this release.",
        why: "Each Job is called after its CronJob, with 11 characters more, and may have 63. The API server refuses \
              the CronJob.",
        fix: "Cut the name in its helper: `trunc 52 | trimSuffix \"-\"`.",
    },
    bad: "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: a-report-that-has-a-name-of-more-than-fifty-two-chars
spec:
  schedule: \"0 3 * * *\"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
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
  schedule: \"0 3 * * *\"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: report:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("batch", "CronJob") {
        let name = subject.object.metadata().get("name");
        let length = name.string().map_or(0, |name| name.len());
        if length > LONGEST {
            let message = format!("the name has {length} characters, a CronJob's may have {LONGEST}: it is refused");
            let concern = RULE.concern(&name, message, format!("cut it: `trunc {LONGEST} | trimSuffix \"-\"`"));
            report.leading(subject, vec![concern]);
        }
    }
}

const LONGEST: usize = 52;
