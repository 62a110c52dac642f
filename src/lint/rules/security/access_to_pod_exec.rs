//! A role lets its bearer into every pod.

use super::rbac::{bindings, bound_rules, listed, roles, rules};
use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A role that may run commands in pods.
pub static RULE: Rule = Rule {
    id: "access-to-pod-exec",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::Off,
    title: "shell in every pod",
    docs: Docs {
        what: "A Role or ClusterRole, or a binding to a rendered one, which may get or create `pods/exec` or \
               `pods/attach`. What clusters bring along (`system:…`, `admin`, `edit`, `cluster-admin`) is left alone.",
        why: "Who has it has a shell in every pod of the namespace or the cluster, with all that the pod may do.",
        fix: "Remove it, or give it for debugging only.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [pods/exec], verbs: [create]}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - {apiGroups: [\"\"], resources: [pods/log], verbs: [get]}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for role in roles(cx).filter(|role| !is_of_cluster(*role)) {
        for field in rules(role).iter().filter_map(opens) {
            let message = "who has this role has a shell in every pod that it covers".to_owned();
            report.leading(role, vec![RULE.concern(&field, message, FIX.to_owned())]);
        }
    }
    for binding in bindings(cx).filter(|binding| !is_of_cluster(*binding)) {
        if bound_rules(cx, binding).iter().any(|rule| opens(rule).is_some()) {
            let field = binding.object.at("roleRef.name");
            let message = "what is bound has a shell in every pod that the role covers".to_owned();
            report.leading(binding, vec![RULE.concern(&field, message, FIX.to_owned())]);
        }
    }
}

const FIX: &str = "remove it, or give it for debugging only";

/// The resource of a rule by which it opens pods.
fn opens(rule: &Field) -> Option<Field> {
    listed(rule, "apiGroups", &["", "*"])?;
    listed(rule, "verbs", &["get", "create", "*"])?;
    listed(rule, "resources", &["pods/exec", "pods/attach", "*"])
}

/// Whether clusters bring it along.
fn is_of_cluster(subject: Subject) -> bool {
    let name = subject.object.name();
    name.starts_with("system:") || name.starts_with("gce:") || matches!(&*name, "admin" | "cluster-admin" | "edit")
}
