//! The name can't be part of the name of a host.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::reliability::names::label_fault;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `StatefulSet` whose pods could not be named after it.
pub static RULE: Rule = Rule {
    id: "statefulset-name-invalid",
    group: Group::Statefulset,
    severity: Severity::Error,
    activation: Activation::On,
    title: "name that pods can't take over",
    docs: Docs {
        what: "A StatefulSet whose name is no label of DNS: it has dots, upper case, underscores, or a dash at an \
               end.",
        why: "The pods are named after it, `web-0`, and each pod's name becomes the name of its host, in which there \
              can be no dots. No pod is ever made.",
        fix: "Use lower-case letters, digits and dashes. Where the name comes from a version or a domain: `| replace \
              \".\" \"-\" | lower`.",
    },
    bad: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web.shop
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    good: "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web-shop
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for set in cx.workloads_of(WorkloadKind::StatefulSet) {
        report.leading(set.subject, concern(set).into_iter().collect());
    }
}

/// The fault, if the name has it. What is only too long is another rule's.
fn concern(set: &WorkloadSubject) -> Option<Concern> {
    let field = set.subject.object.metadata().get("name");
    let name = field.string().filter(|name| !name.is_empty())?;
    let cut: String = name.chars().take(LONGEST_LABEL).collect();
    let why = label_fault(cut.trim_end_matches('-')).or_else(|| label_fault(&name).filter(|_| name.ends_with('-')))?;
    let message = format!("the name `{name}` can't be part of a host's name: {why}, so no pod can be named after it");
    Some(RULE.concern(&field, message, "use lower-case letters, digits and dashes".to_owned()))
}

/// No label of DNS is longer.
const LONGEST_LABEL: usize = 63;
