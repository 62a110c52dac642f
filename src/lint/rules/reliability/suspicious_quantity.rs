//! An amount that can hardly be meant.

use super::resources::{Amount, amounts, written};
use crate::kube::{Field, Quantity};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An amount of memory far too small, or of CPU far too great.
pub static RULE: Rule = Rule {
    id: "suspicious-quantity",
    group: Group::Reliability,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "amount that can hardly be meant",
    docs: Docs {
        what: "Memory or storage with the suffix `m` (thousandths of a byte) or of less than a megabyte; or 64 or more \
               whole CPUs without a unit.",
        why: "`memory: 128m` means 0.128 bytes: the container never starts. `cpu: 500` means 500 cores: no node has \
              them.",
        fix: "Write `128Mi` for memory, `500m` for half a CPU.",
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
          resources: {limits: {memory: 128m}}
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
          resources: {limits: {memory: 128Mi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for Amount { subject, resource, field } in amounts(cx) {
        report.leading(subject, concern(&resource, &field).into_iter().collect());
    }
}

/// The fault, if the amount has it.
fn concern(resource: &str, field: &Field) -> Option<Concern> {
    let quantity = Quantity::of(field)?.ok()?;
    let written = written(field);
    let is_bytes = matches!(resource, "memory" | "storage" | "ephemeral-storage");
    let (message, fix) = if is_bytes && written.ends_with('m') {
        let number = written.trim_end_matches('m');
        (format!("{resource}: `{written}` is {number} thousandths of a byte"), format!("write `{number}Mi`"))
    } else if is_bytes && quantity > Quantity::whole(0) && quantity < Quantity::whole(1_000_000) {
        let message = format!("{resource}: `{written}` is less than a megabyte");
        (message, "add the unit that is meant, such as Mi".to_owned())
    } else if resource == "cpu" && quantity >= Quantity::whole(64) && written.bytes().all(|byte| byte.is_ascii_digit())
    {
        (format!("cpu: `{written}` is {written} whole CPUs"), format!("write `{written}m` for thousandths of a CPU"))
    } else {
        return None;
    };
    Some(RULE.concern(field, message, fix))
}
