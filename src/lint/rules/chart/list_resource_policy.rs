//! A policy in a list, where Helm doesn't look.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A `helm.sh/resource-policy` inside of a List.
pub static RULE: Rule = Rule {
    id: "list-resource-policy",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "policy that a list hides",
    docs: Docs {
        what: "An object in a `List` with the annotation `helm.sh/resource-policy`.",
        why: "Helm looks at the annotations of the list alone: what is to be kept is deleted.",
        fix: "Print the objects one by one, with `---` between them.",
    },
    bad: "\
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      annotations: {helm.sh/resource-policy: keep}
",
    good: "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  annotations: {helm.sh/resource-policy: keep}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.subjects().filter(|subject| subject.object.kind() == "List") {
        for item in subject.object.at("items").items() {
            let policy = item.at("metadata.annotations").get("helm.sh/resource-policy");
            if policy.is_present() {
                let message = "Helm doesn't look into lists: this policy has no effect".to_owned();
                let fix = "print the object by itself, with `---` before it".to_owned();
                report.leading(subject, vec![RULE.concern(&policy, message, fix)]);
            }
        }
    }
}
