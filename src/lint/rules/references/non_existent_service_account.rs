//! Pods run under an account that is not rendered.

use super::dangling;
use crate::lint::cx::Cx;
use crate::lint::pods::title;
use crate::lint::references::{Reference, Role};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `ServiceAccount` that isn't rendered.
pub static RULE: Rule = Rule {
    id: "non-existent-service-account",
    group: Group::References,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "ServiceAccount that is not rendered",
    docs: Docs {
        what: "Pods whose `serviceAccountName`, other than `default`, names no ServiceAccount rendered in their \
               namespace.",
        why: "The pods are refused until the account exists: `error looking up service account`. A Deployment then has \
              no pods, and says why only in its events.",
        fix: "Render the account, use the helper that names it, or leave the field out.",
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
      serviceAccountName: wbe
      containers:
        - name: web
          image: web:1.0
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
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
      serviceAccountName: web
      containers:
        - name: web
          image: web:1.0
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    dangling::check(cx, report, Role::ServiceAccount, |reference| Some(concern(cx, reference)));
}

/// The fault of a name that isn't rendered.
fn concern(cx: &Cx, reference: &Reference) -> Concern {
    let name = &reference.name;
    let message = format!(
        "{} runs under ServiceAccount `{name}`, which isn't rendered: unless it exists already, its pods are refused",
        title(reference.subject)
    );
    let fix = dangling::advice(cx, reference, "render the account, or leave `serviceAccountName` out");
    RULE.concern(&reference.field, message, fix)
}
