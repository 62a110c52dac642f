//! Pods share the account of their namespace.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods under the account `default`.
pub static RULE: Rule = Rule {
    id: "default-service-account",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "pods under the default account",
    docs: Docs {
        what: "Pods without a `serviceAccountName`, or with `default`, that get a token of it \
               (`automountServiceAccountToken` isn't `false`).",
        why: "What is granted to that account, every pod of the namespace may that names no other.",
        fix: "Make a ServiceAccount for them, or write `automountServiceAccountToken: false`.",
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
      automountServiceAccountToken: false
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let accounts = ["serviceAccountName", "serviceAccount"].map(|key| workload.pod.get(key));
        let own = accounts.iter().find(|account| account.string().is_some_and(|name| !name.is_empty()));
        let is_default = own.is_none_or(|account| account.is("default"));
        if is_default && workload.pod.get("automountServiceAccountToken").bool() != Some(false) {
            let [field, _] = &accounts;
            let message = "the pods run under the account that every pod of the namespace has".to_owned();
            let fix = "make a ServiceAccount for them, or give them no token".to_owned();
            report.leading(workload.subject, vec![RULE.concern(own.unwrap_or(field), message, fix)]);
        }
    }
}
