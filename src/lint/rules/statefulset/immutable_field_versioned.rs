//! A version where nothing may ever change.

use crate::kube::{Field, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A version in a field that can't be changed after the installation.
pub static RULE: Rule = Rule {
    id: "immutable-field-versioned",
    group: Group::Statefulset,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "version in a field that can't change",
    docs: Docs {
        what: "A Deployment, StatefulSet, DaemonSet or ReplicaSet whose selector asks for a label that holds the \
               version of the chart or of the program, or a StatefulSet with such a label in its \
               `volumeClaimTemplates`.",
        why: "These fields can't be changed after the installation. The next version of the chart changes them, and \
              the upgrade fails: `field is immutable`.",
        fix: "Use only labels there that stay, such as `app.kubernetes.io/name` and `app.kubernetes.io/instance`: the \
              chart's helper for selectors.",
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
    matchLabels: {app: web, helm.sh/chart: web-1.2.0}
  template:
    metadata:
      labels: {app: web, helm.sh/chart: web-1.2.0}
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
  name: web
spec:
  serviceName: web
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web, helm.sh/chart: web-1.2.0}
    spec:
      containers:
        - name: web
          image: web:1.0
          readinessProbe: {tcpSocket: {port: 80}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| keeps_its_selector(workload.workload.kind)) {
        report.leading(workload.subject, concern(workload).into_iter().collect());
    }
}

fn keeps_its_selector(kind: WorkloadKind) -> bool {
    use WorkloadKind::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
    matches!(kind, Deployment | StatefulSet | DaemonSet | ReplicaSet)
}

/// The fault, if the workload has it: one, however many labels there are.
fn concern(workload: &WorkloadSubject) -> Option<Concern> {
    let spec = workload.subject.object.spec();
    let mut maps = vec![spec.at("selector.matchLabels")];
    for template in spec.get("volumeClaimTemplates").items() {
        maps.extend(["labels", "annotations"].map(|key| template.get("metadata").get(key)));
    }
    let labels = maps.iter().flat_map(Field::entries);
    let versioned: Vec<_> = labels.filter(|(key, _)| VERSIONED.contains(&&**key)).collect();
    let (_, first) = versioned.first()?;
    let mut keys: Vec<_> = versioned.iter().map(|(key, _)| key.to_string()).collect();
    keys.dedup();
    let message = format!("{} changes with the version, but this field can't: the next upgrade fails", listed(&keys));
    Some(RULE.concern(first, message, "leave it out here; keep it among the labels of the object".to_owned()))
}

/// Labels that hold a version.
const VERSIONED: &[&str] = &["helm.sh/chart", "chart", "app.kubernetes.io/version", "version"];
