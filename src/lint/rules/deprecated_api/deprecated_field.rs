//! A field or label that is on its way out.

use crate::kube::Field;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A field, or a label of nodes, that has a successor.
pub static RULE: Rule = Rule {
    id: "deprecated-field",
    group: Group::DeprecatedApi,
    severity: Severity::Note,
    activation: Activation::On,
    title: "field that is on its way out",
    docs: Docs {
        what: "A Service with `loadBalancerIP`; a `nodeSelector`, an affinity or a `topologyKey` with a label of nodes \
               that begins with `beta.kubernetes.io/` or `failure-domain.beta.kubernetes.io/`.",
        why: "It still works, but not everywhere: clouds ignore the address, and nodes will lose the labels, so that \
              pods stay pending.",
        fix: "Use the successor: an annotation of the cloud, `kubernetes.io/os`, `topology.kubernetes.io/zone`.",
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
      nodeSelector: {beta.kubernetes.io/os: linux}
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
      nodeSelector: {kubernetes.io/os: linux}
      containers:
        - name: web
          image: web:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for service in cx.services() {
        let field = service.object.at("spec.loadBalancerIP");
        if field.string().is_some_and(|address| !address.is_empty()) {
            let message = "`loadBalancerIP` is deprecated: many clouds ignore it".to_owned();
            let fix = "use the annotation that the cloud has for it".to_owned();
            report.leading(service.subject, vec![RULE.concern(&field, message, fix)]);
        }
    }
    for workload in cx.workloads() {
        for concern in concerns(workload) {
            report.leading(workload.subject, vec![concern]);
        }
    }
}

/// The fault of each label of nodes that is old.
fn concerns(workload: &WorkloadSubject) -> Vec<Concern> {
    let pod = &workload.pod;
    let selected = pod.get("nodeSelector").entries().into_iter().map(|(key, field)| (key.as_ref().to_owned(), field));
    let mut labels: Vec<(String, Field)> = selected.collect();
    let mut named = |field: Field| labels.extend(field.string().map(|label| (label, field)));
    for constraint in pod.get("topologySpreadConstraints").items() {
        named(constraint.get("topologyKey"));
    }
    let affinity = pod.get("affinity");
    if affinity.is_present() {
        for term in pod_terms(&affinity) {
            named(term.get("topologyKey"));
        }
        for requirement in node_terms(&affinity).iter().flat_map(|term| term.get("matchExpressions").items()) {
            named(requirement.get("key"));
        }
    }
    labels.iter().filter_map(|(label, field)| concern(label, field)).collect()
}

fn concern(label: &str, field: &Field) -> Option<Concern> {
    let (_, new) = LABELS.iter().find(|(old, _)| *old == label)?;
    let message = format!("nodes will lose the label `{label}`, and then no node fits");
    Some(RULE.concern(field, message, format!("write `{new}`")))
}

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// The terms of affinities and anti-affinities between pods.
fn pod_terms(affinity: &Field) -> Vec<Field> {
    let kinds = ["podAffinity", "podAntiAffinity"].into_iter().map(|kind| affinity.get(kind));
    let terms = kinds.flat_map(|kind| {
        let preferred = kind.get(PREFERRED).items().into_iter().map(|term| term.get("podAffinityTerm"));
        kind.get(REQUIRED).items().into_iter().chain(preferred)
    });
    terms.collect()
}

/// The terms of an affinity to nodes.
fn node_terms(affinity: &Field) -> Vec<Field> {
    let node = affinity.get("nodeAffinity");
    let preferred = node.get(PREFERRED).items().into_iter().map(|term| term.get("preference"));
    node.get(REQUIRED).get("nodeSelectorTerms").items().into_iter().chain(preferred).collect()
}

/// Labels of nodes, and what took their place.
const LABELS: [(&str, &str); 5] = [
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ("beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"),
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
];
