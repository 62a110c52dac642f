//! A binding names an account without its namespace.

use crate::kube::Field;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An account in a `ClusterRoleBinding` without its namespace.
pub static RULE: Rule = Rule {
    id: "binding-subject-without-namespace",
    group: Group::References,
    severity: Severity::Error,
    activation: Activation::On,
    title: "account without a namespace in a ClusterRoleBinding",
    docs: Docs {
        what: "An entry in `subjects` of a ClusterRoleBinding of kind ServiceAccount that has no `namespace`. In a \
               RoleBinding it may be missing: there it is the namespace of the binding.",
        why: "The API server refuses the binding: `subjects[0].namespace: Required value`.",
        fix: "Add `namespace: {{ .Release.Namespace }}`.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: default}
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: default, namespace: default}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for subject in cx.of_kind("rbac.authorization.k8s.io", "ClusterRoleBinding") {
        for account in subject.object.root().get("subjects").items() {
            report.leading(subject, concern(&account).into_iter().collect());
        }
    }
}

/// The fault, if the entry has it.
fn concern(account: &Field) -> Option<Concern> {
    let namespace = account.get("namespace");
    if !account.get("kind").is("ServiceAccount") || namespace.string().is_some_and(|name| !name.is_empty()) {
        return None;
    }
    let name = account.get("name").string().unwrap_or_default();
    let message = format!("ServiceAccount `{name}` is bound without its namespace: the API server refuses the binding");
    Some(RULE.concern(&namespace, message, "add `namespace: {{ .Release.Namespace }}`".to_owned()))
}
