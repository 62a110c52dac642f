//! A role lets its bearer give itself rights.

use super::rbac::{RBAC, listed, roles, rules};
use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A role that may bind, escalate or impersonate.
pub static RULE: Rule = Rule {
    id: "rbac-escalation-verbs",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "role that leads to more rights",
    docs: Docs {
        what: "A rule of a Role or ClusterRole with the verb `bind`, `escalate` or `impersonate`, or with all verbs on \
               roles or bindings.",
        why: "Who has one of them can take rights that nobody gave: bind itself to `cluster-admin`, write a role with \
              all rights, act in the name of an administrator.",
        fix: "Remove the verb, or allow it for certain `resourceNames` only.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [get, escalate]}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [get]}
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

/// The fault, if the rule has it. What is allowed for a few names leads no further than these.
fn concern(rule: &Field) -> Option<Concern> {
    if !rule.get("resourceNames").items().is_empty() {
        return None;
    }
    let verb = listed(rule, "verbs", &["bind", "escalate", "impersonate"]).or_else(|| of_roles(rule))?;
    let what = match verb.string()?.as_str() {
        "bind" => "`bind` lets its bearer take any role",
        "escalate" => "`escalate` lets its bearer write roles with rights that it doesn't have",
        "impersonate" => "`impersonate` lets its bearer act in the name of others",
        _ => "all verbs on roles or bindings, `bind` and `escalate` among them, lead to all rights",
    };
    Some(RULE.concern(&verb, what.to_owned(), "name the verbs that are needed, without these".to_owned()))
}

/// The star among the verbs of a rule that names roles or bindings.
fn of_roles(rule: &Field) -> Option<Field> {
    const KINDS: [&str; 4] = ["clusterrolebindings", "clusterroles", "rolebindings", "roles"];
    listed(rule, "apiGroups", &[RBAC, "*"])?;
    listed(rule, "resources", &KINDS)?;
    listed(rule, "verbs", &["*"])
}
