//! A network policy lets pods through that are not rendered.

use super::selectors::{is_satisfied, written};
use crate::kube::{Field, Selector};
use crate::lint::cx::{Cx, Subject};
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::rules::listed;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A peer of a network policy which no rendered pods satisfy.
pub static RULE: Rule = Rule {
    id: "dangling-networkpolicypeer-podselector",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::Off,
    title: "network policy with a peer that is not rendered",
    docs: Docs {
        what: "A peer in `ingress.from` or `egress.to` of a NetworkPolicy with a `podSelector`, and no \
               `namespaceSelector`, which no rendered pods in its namespace satisfy.",
        why: "Nobody comes through here, unless another chart has pods with these labels.",
        fix: "Use the labels of the pods that are to come through.",
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
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels: {app: web}
  ingress:
    - from: [{podSelector: {matchLabels: {app: website}}}]
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
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels: {app: web}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("networking.k8s.io", "NetworkPolicy") {
        for (rules, peers) in [("spec.ingress", "from"), ("spec.egress", "to")] {
            let rules = subject.object.at(rules).items();
            for peer in rules.iter().flat_map(|rule| rule.get(peers).items()) {
                report.leading(subject, concern(cx, subject, &peer).into_iter().collect());
            }
        }
    }
}

/// The fault, if the peer has it.
fn concern(cx: &Cx, policy: Subject, peer: &Field) -> Option<Concern> {
    let field = peer.get("podSelector");
    let selector = Selector::from_field(&field);
    let is_elsewhere = peer.get("namespaceSelector").is_present();
    if is_elsewhere || selector.is_empty() || is_satisfied(cx, &selector, &cx.namespace(policy.object)) {
        return None;
    }
    let asked: Vec<_> = selector.requirements().iter().map(written).collect();
    let message = format!("no rendered pods have the labels of this peer of {} ({})", title(policy), listed(&asked));
    Some(RULE.concern(&field, message, "use the labels of the pods that are to come through".to_owned()))
}
