//! Which level of Pod Security pods meet.

use super::levels::{to_baseline, to_restricted};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Pods that not even the level `baseline` allows, or that their namespace refuses.
pub static RULE: Rule = Rule {
    id: "pod-security-level",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "pods that many namespaces refuse",
    docs: Docs {
        what: "Pods that don't meet the level `baseline` of the Pod Security Standards, with what it asks for. Where a \
               rendered Namespace enforces a level that they don't meet, `baseline` or `restricted`, it is an error. \
               What keeps pods from `restricted` elsewhere, other rules say one by one.",
        why: "A namespace that enforces a level refuses all other pods: the workload is there, and has none.",
        fix: "Follow the list, or ask for a namespace without a level.",
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
      hostPID: true
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
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads() {
        report.leading(workload.subject, concern(cx, workload).into_iter().collect());
    }
}

/// The fault, if the pods have it.
fn concern(cx: &Cx, workload: &WorkloadSubject) -> Option<Concern> {
    let enforced = enforced(cx, workload).unwrap_or_default();
    let field = workload.pod.field();
    let mut obstacles = to_baseline(workload);
    if enforced == "restricted" {
        obstacles.extend(to_restricted(workload));
    }
    if obstacles.is_empty() {
        return None;
    }
    let list = format!("it asks for {}", obstacles.join(", "));
    if matches!(&*enforced, "baseline" | "restricted") {
        let message = format!("the namespace enforces the level `{enforced}` of Pod Security, and refuses these pods");
        return Some(Concern { severity: Severity::Error, ..RULE.concern(field, message, list) });
    }
    let message = "a namespace that enforces the level `baseline` of Pod Security refuses these pods".to_owned();
    Some(RULE.concern(field, message, list))
}

/// The level that the rendered Namespace of a workload enforces.
fn enforced(cx: &Cx, workload: &WorkloadSubject) -> Option<String> {
    let namespace = cx.namespace(workload.subject.object);
    let object = cx.index().find("", "Namespace", "", &namespace).next()?.object;
    object.label("pod-security.kubernetes.io/enforce")
}
