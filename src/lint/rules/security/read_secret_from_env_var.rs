//! A secret is handed over in the environment.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::rules::container_name;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A variable whose value is from a Secret.
pub static RULE: Rule = Rule {
    id: "read-secret-from-env-var",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "secret in the environment",
    docs: Docs {
        what: "A variable with `valueFrom.secretKeyRef`, or all keys of a Secret by `envFrom`.",
        why: "The environment is printed by many programs when they fail, and every process they start has it.",
        fix: "Mount the Secret as a file.",
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
          env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
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
      volumes: [{name: db, secret: {secretName: db}}]
      containers:
        - name: web
          image: web:1.0
          volumeMounts: [{name: db, mountPath: /etc/db, readOnly: true}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (workload, container) in cx.containers() {
        let one = container.get("env").items().into_iter().map(|variable| variable.at("valueFrom.secretKeyRef"));
        let all = container.get("envFrom").items().into_iter().map(|source| source.get("secretRef"));
        for field in one.chain(all).filter(Field::is_present) {
            let name = container_name(&container);
            let message =
                format!("container `{name}` has a secret in its environment, which programs print when they fail");
            let concern = RULE.concern(&field, message, "mount the Secret as a file".to_owned());
            report.leading(workload.subject, vec![concern]);
        }
    }
}
