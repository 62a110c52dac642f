//! Names outside the cluster are looked up five times.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods that don't lower `ndots`.
pub static RULE: Rule = Rule {
    id: "dnsconfig-options",
    group: Group::Networking,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "ndots is not 2",
    docs: Docs {
        what: "Pods without `{name: ndots, value: \"2\"}` in `dnsConfig.options`.",
        why: "By default every name with fewer than five dots is first looked up inside the cluster: a busy program \
              asks its name server far more than it needs to.",
        fix: "Set `dnsConfig: {options: [{name: ndots, value: \"2\"}]}`.",
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
          ports: [{name: http, containerPort: 8080}]
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
      dnsConfig: {options: [{name: ndots, value: \"2\"}]}
      containers:
        - name: web
          image: web:1.0
          ports: [{name: http, containerPort: 8080}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for pods in cx.pods() {
        let options = pods.spec.get("dnsConfig").get("options");
        let is_wanted = |option: &Field| option.get("name").is("ndots") && option.get("value").is("2");
        if !options.items().iter().any(is_wanted) {
            let message = "names outside the cluster are first looked up inside it: `ndots` isn't 2".to_owned();
            let fix = "set `dnsConfig: {options: [{name: ndots, value: \"2\"}]}`".to_owned();
            report.leading(pods.subject, vec![RULE.concern(&options, message, fix)]);
        }
    }
}
