//! An amount that is none.

use super::resources::{Amount, amounts, written};
use crate::kube::{Field, Quantity};
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An amount of a resource that Kubernetes cannot read.
pub static RULE: Rule = Rule {
    id: "invalid-quantity",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "amount that cannot be read",
    docs: Docs {
        what: "A request, limit or size that is no quantity: a number with one of the suffixes n, u, m, k, M, G, T, P, \
               E, Ki, Mi, Gi, Ti, Pi, Ei, or with an exponent.",
        why: "The API server refuses the object.",
        fix: "Correct the unit: `1G` or `1Gi` instead of `1GB`, and no blank before it.",
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
          resources: {limits: {memory: 1GB}}
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
          resources: {limits: {memory: 1G}}
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
    Quantity::of(field)?.err()?;
    let written = written(field);
    let fix = match mended(&written) {
        Some(mended) => format!("write `{mended}`"),
        None => "write a number with one of the suffixes m, k, M, G, Ki, Mi, Gi …".to_owned(),
    };
    Some(RULE.concern(field, format!("{resource}: `{written}` is no quantity: the API server refuses it"), fix))
}

/// What was meant, if it can be guessed: no blanks, no `B`, the letters in their usual case.
fn mended(written: &str) -> Option<String> {
    let bare: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = bare.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = bare.split_at(digits);
    let unit = match unit.to_lowercase().as_str() {
        "k" | "kb" => "k",
        "mb" => "M",
        "g" | "gb" => "G",
        "t" | "tb" => "T",
        "ki" | "kib" => "Ki",
        "mi" | "mib" => "Mi",
        "gi" | "gib" => "Gi",
        "ti" | "tib" => "Ti",
        "cpu" | "cpus" | "core" | "cores" => "",
        _ => return None,
    };
    let mended = format!("{number}{unit}");
    Quantity::parse(&mended).is_ok().then_some(mended)
}
