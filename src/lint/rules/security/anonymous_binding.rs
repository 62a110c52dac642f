//! A binding gives rights to people whom nobody knows.

use super::rbac::{bindings, bound, rules};
use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A binding to everybody, or to the group that may do everything.
pub static RULE: Rule = Rule {
    id: "anonymous-binding",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "rights for everybody",
    docs: Docs {
        what: "A binding to the user `system:anonymous`, to the group `system:unauthenticated`, to \
               `system:authenticated` with a role that may write, or to `system:masters`.",
        why: "Everybody who reaches the API server has these rights; `system:masters` is above all roles, and no \
              binding can be taken from it.",
        fix: "Bind a ServiceAccount, or a group of your own.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects:
  - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: \"system:unauthenticated\"}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for binding in bindings(cx) {
        for bearer in binding.object.root().get("subjects").items() {
            report.leading(binding, concern(cx, binding, &bearer).into_iter().collect());
        }
    }
}

/// The fault, if the entry has it.
fn concern(cx: &Cx, binding: Subject, bearer: &Field) -> Option<Concern> {
    let name = bearer.get("name");
    let message = match (bearer.get("kind").string()?.as_str(), name.string()?.as_str()) {
        ("User", "system:anonymous") | ("Group", "system:unauthenticated") => {
            "everybody who reaches the API server has these rights"
        }
        ("Group", "system:authenticated") if may_write(cx, binding) => {
            "everybody who has any account of the cluster has these rights"
        }
        ("Group", "system:masters") => "`system:masters` may do everything anyhow, and can't be held back",
        _ => return None,
    };
    Some(RULE.concern(&name, message.to_owned(), "bind a ServiceAccount, or a group of your own".to_owned()))
}

/// Whether the role of a binding is known to do more than look.
fn may_write(cx: &Cx, binding: Subject) -> bool {
    let name = binding.object.at("roleRef.name");
    let is_writer = ["admin", "cluster-admin", "edit"].iter().any(|writer| name.is(writer));
    let is_read = |verb: &Field| ["get", "list", "watch"].iter().any(|read| verb.is(read));
    let writes =
        |rule: &Field| !rule.get("nonResourceURLs").is_present() && !rule.get("verbs").items().iter().all(is_read);
    is_writer || bound(cx, binding).is_some_and(|role| rules(role).iter().any(writes))
}
