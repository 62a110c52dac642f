//! A pod names its account in a field of old.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod with `serviceAccount` and another `serviceAccountName`, or none.
pub static RULE: Rule = Rule {
    id: "deprecated-service-account-field",
    group: Group::DeprecatedApi,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "service account in a field of old",
    docs: Docs {
        what: "A pod whose `serviceAccount` differs from its `serviceAccountName`.",
        why: "`serviceAccount` is the old name of the field. Where both stand, `serviceAccountName` counts, and the \
              other one only confuses.",
        fix: "Write `serviceAccountName`.",
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
      serviceAccount: web
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
      serviceAccountName: web
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        let (old, new) = (workload.pod.get("serviceAccount"), workload.pod.get("serviceAccountName"));
        let name = old.string().filter(|name| !name.is_empty());
        if let Some(name) = name.filter(|name| !new.is(name)) {
            let message = match new.string() {
                Some(other) => format!("`serviceAccount: {name}` doesn't count: the account is `{other}`"),
                None => format!("`serviceAccount: {name}` is the old name of the field"),
            };
            let concern = RULE.concern(&old, message, "write `serviceAccountName` instead".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}
