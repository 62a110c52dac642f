//! Nothing keeps the pods apart.

use crate::kube::{Field, Selector, WorkloadKind};
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::rules::scale::Scale;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Several pods that may all run on one node.
pub static RULE: Rule = Rule {
    id: "no-anti-affinity",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "nothing keeps the pods apart",
    docs: Docs {
        what: "A Deployment, DeploymentConfig, StatefulSet or ReplicaSet of at least two pods that has neither \
               `topologySpreadConstraints` nor a `podAntiAffinity` whose selector matches the pods.",
        why: "All pods may run on the same node, and are gone with it.",
        fix: "Add `topologySpreadConstraints` over `kubernetes.io/hostname`, or a `podAntiAffinity` against the pods' \
              own labels.",
    },
    bad: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
",
    good: "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers:
        - name: web
          image: web:1.0
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads().iter().filter(|workload| has_replicas(workload.workload.kind)) {
        report.leading(workload.subject, concern(cx, workload).into_iter().collect());
    }
}

fn has_replicas(kind: WorkloadKind) -> bool {
    use WorkloadKind::{Deployment, DeploymentConfig, ReplicaSet, StatefulSet};
    matches!(kind, Deployment | DeploymentConfig | StatefulSet | ReplicaSet)
}

/// The fault, if the workload has it.
fn concern(cx: &Cx, workload: &WorkloadSubject) -> Option<Concern> {
    let least = Scale::of(cx, workload).least;
    let spread = workload.pod.get("topologySpreadConstraints").items();
    let affinity = workload.pod.get("affinity").get("podAntiAffinity");
    let terms = terms(&affinity);
    if least < 2 || !spread.is_empty() || terms.iter().any(|term| keeps_apart(cx, term, workload)) {
        return None;
    }
    let (field, why) = match terms.first() {
        Some(term) => (term.get("labelSelector"), "the anti-affinity is about other pods, or other differences"),
        None => (affinity, "nothing keeps them apart"),
    };
    let message = format!("all {least} pods may run on one node, and are gone with it: {why}");
    let fix = "add `topologySpreadConstraints` over `kubernetes.io/hostname`".to_owned();
    Some(RULE.concern(&field, message, fix))
}

/// The terms of an anti-affinity, both those that must hold and those that should.
fn terms(affinity: &Field) -> Vec<Field> {
    let required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution").items();
    let preferred = affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items();
    required.into_iter().chain(preferred.into_iter().map(|preferred| preferred.get("podAffinityTerm"))).collect()
}

/// Whether a term keeps the pods apart from each other: it selects them, where they are, and tells nodes or zones apart.
/// One without a selector is about no pods.
fn keeps_apart(cx: &Cx, term: &Field, workload: &WorkloadSubject) -> bool {
    let selector = term.get("labelSelector");
    let namespaces = term.get("namespaces").items();
    let namespace = cx.namespace(workload.subject.object);
    let is_near = namespaces.is_empty() || namespaces.iter().any(|named| named.is(&namespace));
    let tells_apart = TOPOLOGIES.iter().any(|key| term.get("topologyKey").is(key));
    let selects =
        selector.is_present() && Selector::from_field(&selector).matches_field(&workload.workload.pod_labels());
    is_near && tells_apart && selects
}

/// What tells nodes and zones apart.
const TOPOLOGIES: &[&str] = &[
    "kubernetes.io/hostname",
    "topology.kubernetes.io/zone",
    "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region",
];
