//! A schedule that is none.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `CronJob` whose `schedule` cannot be read.
pub static RULE: Rule = Rule {
    id: "invalid-cron-schedule",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "schedule that cannot be read",
    docs: Docs {
        what: "A CronJob whose `schedule` has not five fields of minutes, hours, days, months and weekdays, is none of \
               `@hourly` and its like, or names a time zone.",
        why: "The API server refuses the CronJob.",
        fix: "Write five fields, such as `0 3 * * *`. A time zone belongs in `spec.timeZone`.",
    },
    bad: "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: \"0 0 3 * * *\"
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
        report.leading(subject, concern(&subject.object.at("spec.schedule")).into_iter().collect());
    }
}

/// The fault, if the schedule has it.
fn concern(field: &Field) -> Option<Concern> {
    let schedule = field.string()?;
    let (why, fix) = if schedule.contains("TZ") {
        ("it names a time zone".to_owned(), "write the time zone into `spec.timeZone`")
    } else {
        (fault(&schedule)?, "write five fields, such as `0 3 * * *`")
    };
    Some(RULE.concern(field, format!("the schedule `{schedule}` is refused: {why}"), fix.to_owned()))
}

/// What is wrong with a schedule.
fn fault(schedule: &str) -> Option<String> {
    if let Some(word) = schedule.strip_prefix('@') {
        let is_known = DESCRIPTORS.contains(&word) || word.starts_with("every ");
        return (!is_known).then(|| format!("`@{word}` is unknown"));
    }
    let parts: Vec<&str> = schedule.split_whitespace().collect();
    if parts.len() != FIELDS.len() {
        return Some(format!("it has {} fields, not {}", parts.len(), FIELDS.len()));
    }
    let wrong = parts.iter().zip(FIELDS).find(|(part, unit)| !part.split(',').all(|range| is_range(range, unit)));
    wrong.map(|(part, unit)| format!("`{part}` is no {}", unit.title))
}

const DESCRIPTORS: [&str; 7] = ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"];

/// One of the five fields.
struct Unit {
    title: &'static str,
    least: u32,
    most: u32,
    /// What its numbers are called, from the least.
    names: &'static [&'static str],
}

const FIELDS: [Unit; 5] = [
    Unit { title: "minute", least: 0, most: 59, names: &[] },
    Unit { title: "hour", least: 0, most: 23, names: &[] },
    Unit { title: "day of the month", least: 1, most: 31, names: &[] },
    Unit {
        title: "month",
        least: 1,
        most: 12,
        names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Unit { title: "day of the week", least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/// Whether it is `*`, a number, or a range, with or without a step.
fn is_range(written: &str, unit: &Unit) -> bool {
    let (range, step) = written.split_once('/').unwrap_or((written, "1"));
    let is_step = step.parse::<u32>().is_ok_and(|step| step > 0);
    let is_any = matches!(range, "*" | "?");
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let bounds = number(from, unit).zip(number(to, unit));
    is_step && (is_any || bounds.is_some_and(|(from, to)| from <= to))
}

fn number(written: &str, unit: &Unit) -> Option<u32> {
    let lower = written.to_lowercase();
    let named = unit.names.iter().zip(unit.least..).find(|(name, _)| **name == lower);
    let number = named.map(|(_, number)| number).or_else(|| written.parse().ok())?;
    (unit.least..=unit.most).contains(&number).then_some(number)
}
