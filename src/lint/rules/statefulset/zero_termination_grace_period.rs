//! Pods get no time to end.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods that are killed at once.
pub static RULE: Rule = Rule {
    id: "zero-termination-grace-period",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "no time to end",
    docs: Docs {
        what: "Pods whose `terminationGracePeriodSeconds` is 0. Jobs and hooks, which end by themselves, are left \
               alone; of anything but a StatefulSet it is only a note.",
        why: "The program is killed without a warning: it can't finish requests or write out its data. In a \
              StatefulSet Kubernetes calls it unsafe: two pods of the same name may run at once.",
        fix: "Remove the field: 30 seconds are the default.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| workload.workload.kind.is_long_running()) {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

/// The fault, if the pods have it.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let field = workload.pod.get("terminationGracePeriodSeconds");
    let is_hook = workload.subject.object.annotation("helm.sh/hook").is_some();
    if field.integer() != Some(0) || is_hook {
        return None;
    }
    let (severity, consequence) = match workload.workload.kind {
        WorkloadKind::StatefulSet => (RULE.severity, "two pods of the same name may run at once"),
        _ => (Severity::Note, "what they were doing is lost"),
    };
    let message = format!("the pods are killed without time to end: {consequence}");
    let concern = RULE.concern(&field, message, "remove the field; 30 seconds are the default".to_owned());
    Some(Concern { severity, ..concern })
}
