//! An update that can replace no pod.

use super::share::Share;
use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A rolling update that may neither add a pod nor take one away.
pub static RULE: Rule = Rule {
    id: "rolling-update-zero-zero",
    group: Group::Reliability,
    severity: Severity::Error,
    activation: Activation::On,
    title: "rolling update that can replace no pod",
    docs: Docs {
        what: "A Deployment or DaemonSet that sets both `maxSurge` and `maxUnavailable` to 0, a StatefulSet whose \
               `maxUnavailable` is 0, or a DaemonSet that sets both above 0 (`maxUnavailable` is 1 where it isn't \
               set).",
        why: "An update may neither start a new pod nor stop an old one. The API server refuses the object. A \
              DaemonSet may do only one of the two.",
        fix: "Set `maxUnavailable: 1`; of a DaemonSet with `maxSurge` set it to 0.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  strategy:
    rollingUpdate: {maxSurge: 0, maxUnavailable: 0}
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
  strategy:
    rollingUpdate: {maxSurge: 0, maxUnavailable: 1}
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
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

/// The fault, if the workload has it.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let spec = workload.subject.object.spec();
    let is_deployment = workload.workload.kind == WorkloadKind::Deployment;
    let strategy = spec.get(if is_deployment { "strategy" } else { "updateStrategy" });
    let update = strategy.get("rollingUpdate");
    let (surge, unavailable) = (update.get("maxSurge"), update.get("maxUnavailable"));
    let (more, fewer) = (Share::of(&surge), Share::of(&unavailable));
    let is_none = |share: Option<Share>| share.is_some_and(Share::is_none);
    let is_some = |share: Option<Share>| share.is_some_and(|share| !share.is_none());
    let nothing = "may neither add a pod nor take one away, so it replaces none";
    let (field, why, fix) = match workload.workload.kind {
        WorkloadKind::Deployment if is_none(more) && is_none(fewer) => {
            (unavailable, nothing, "set `maxUnavailable: 1`")
        }
        WorkloadKind::DaemonSet if is_none(fewer) && !is_some(more) => {
            (unavailable, nothing, "set `maxUnavailable: 1`")
        }
        WorkloadKind::DaemonSet if is_some(more) && !is_none(fewer) => {
            (surge, "may either add pods or take some away, not both", "set `maxUnavailable: 0`")
        }
        WorkloadKind::StatefulSet if is_none(fewer) => (unavailable, "can take no pod away", "set `maxUnavailable: 1`"),
        _ => return None,
    };
    if strategy.get("type").is_present() && !strategy.get("type").is("RollingUpdate") {
        return None;
    }
    Some(RULE.concern(&field, format!("the update {why}: the API server refuses it"), fix.to_owned()))
}
