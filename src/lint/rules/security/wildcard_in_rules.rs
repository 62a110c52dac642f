//! A role grants more than it names.

use super::rbac::{grants_all, listed, roles, rules};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A star among the resources or verbs of a role.
pub static RULE: Rule = Rule {
    id: "wildcard-in-rules",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "role that grants more than it names",
    docs: Docs {
        what: "A rule of a Role or ClusterRole with `*` among its `resources` or `verbs`. Where it grants everything \
               on everything it is a warning.",
        why: "A star also covers kinds and verbs that come later, and those nobody thought of.",
        fix: "List the resources and the verbs.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [\"*\"], verbs: [get]}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get]}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for role in roles(cx) {
        for rule in rules(role) {
            report.leading(role, concern(&rule).into_iter().collect());
        }
    }
}

/// The fault, if the rule has it.
fn concern(rule: &Field) -> Option<Concern> {
    let starred = ["resources", "verbs"].map(|key| listed(rule, key, &["*"]));
    let (severity, message) = match &starred {
        [None, None] => return None,
        _ if grants_all(rule) => (Severity::Warning, "the role may do everything with everything"),
        [Some(_), Some(_)] => {
            (RULE.severity, "`*` grants everything on all kinds of the group, also on those that come later")
        }
        [Some(_), None] => (RULE.severity, "`*` is every kind of the group, also those that come later"),
        [None, Some(_)] => (RULE.severity, "`*` is every verb, also those that come later"),
    };
    let field = starred.into_iter().flatten().next()?;
    let fix = "list what is needed".to_owned();
    Some(Concern { severity, ..RULE.concern(&field, message.to_owned(), fix) })
}
