//! A word that isn't among those that are allowed.

use super::fault;
use crate::kube::schema::FaultKind;
use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A field that takes certain words only, and in which another stands.
pub static RULE: Rule = Rule {
    id: "schema-enum",
    group: Group::YamlSchema,
    severity: Severity::Error,
    activation: Activation::On,
    title: "word that isn't allowed there",
    docs: Docs {
        what: "A field that takes certain words only, and in which another stands. They are case-sensitive.",
        why: "The API server refuses the object.",
        fix: "Use one of the words.",
    },
    bad: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: Loadbalancer
  selector: {app: web}
  ports: [{port: 80}]
",
    good: "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector: {app: web}
  ports: [{port: 80}]
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    fault::report(&RULE, |kind| matches!(kind, FaultKind::Word(_)), cx, report);
}
