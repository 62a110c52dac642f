//! A binding gives rights to an account that is not rendered.

use crate::kube::Field;
use crate::lint::cx::{Cx, Subject};
use crate::lint::nearest::likely;
use crate::lint::pods::title;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// An account in a binding that isn't rendered.
pub static RULE: Rule = Rule {
    id: "dangling-subject",
    group: Group::References,
    severity: Severity::Note,
    activation: Activation::On,
    title: "binding for an account that is not rendered",
    docs: Docs {
        what: "An entry in `subjects` of a RoleBinding or ClusterRoleBinding of kind ServiceAccount, other than \
               `default`, that isn't rendered in its namespace (in a RoleBinding without one, the binding's).",
        why: "The rights wait for an account of that name, which anybody who may create accounts there can make.",
        fix: "Use the helper that names the account, and `{{ .Release.Namespace }}`.",
    },
    bad: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: wbe, namespace: default}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
",
    good: "\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: web, namespace: default}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for kind in ["RoleBinding", "ClusterRoleBinding"] {
        for binding in cx.of_kind("rbac.authorization.k8s.io", kind) {
            for account in binding.object.root().get("subjects").items() {
                report.leading(binding, concern(cx, binding, &account).into_iter().collect());
            }
        }
    }
}

/// The fault, if the entry has it. (That a `ClusterRoleBinding` names no namespace is another rule's.)
fn concern(cx: &Cx, binding: Subject, account: &Field) -> Option<Concern> {
    let field = account.get("name");
    let name = field.string().filter(|name| name != "default")?;
    let written = account.get("namespace").string().filter(|namespace| !namespace.is_empty());
    let namespace = written.unwrap_or_else(|| cx.namespace(binding.object));
    let is_rendered = cx.index().find("", "ServiceAccount", &namespace, &name).next().is_some();
    if !account.get("kind").is("ServiceAccount") || namespace.is_empty() || is_rendered {
        return None;
    }
    let message = format!(
        "{} gives rights to ServiceAccount `{name}`, which isn't rendered in namespace `{namespace}`",
        title(binding)
    );
    let fix = match likely(&name, cx.index().names("", "ServiceAccount", &namespace)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "render the account, or name one that is rendered".to_owned(),
    };
    Some(RULE.concern(&field, message, fix))
}
