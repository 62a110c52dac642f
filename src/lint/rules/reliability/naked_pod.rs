//! A pod that nobody makes anew.

use crate::kube::WorkloadKind;
use crate::lint::cx::Cx;
use crate::lint::pods::is_hook;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A pod of its own, without a controller.
pub static RULE: Rule = Rule {
    id: "naked-pod",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "pod without a controller",
    docs: Docs {
        what: "A Pod that is no hook of Helm's (tests among them) and has no `ownerReferences`.",
        why: "When its node dies, or the pod is evicted, it is gone: nobody makes it anew.",
        fix: "Make it a Deployment, a StatefulSet or a Job.",
    },
    bad: "\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: web:1.0
",
    good: "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {helm.sh/hook: test}
spec:
  containers:
    - name: web
      image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads_of(WorkloadKind::Pod) {
        let object = workload.subject.object;
        let is_owned = !object.metadata().get("ownerReferences").items().is_empty();
        if !is_owned && !is_hook(workload.subject) {
            let message = "nobody makes this pod anew when its node is gone".to_owned();
            let fix = "make it a Deployment or, where it is to end, a Job".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&object.root().get("kind"), message, fix)]);
        }
    }
}
