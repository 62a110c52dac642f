//! A constraint of `OpenShift` allows privileged containers.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// Constraints with `allowPrivilegedContainer: true`.
pub static RULE: Rule = Rule {
    id: "scc-deny-privileged-container",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::Off,
    title: "constraints that allow privileged containers",
    docs: Docs {
        what: "SecurityContextConstraints with `allowPrivilegedContainer: true`.",
        why: "Whoever may use them may run a privileged container, and owns the node.",
        fix: "Write `allowPrivilegedContainer: false`.",
    },
    bad: "\
apiVersion: security.openshift.io/v1
kind: SecurityContextConstraints
metadata:
  name: web
allowPrivilegedContainer: true
",
    good: "\
apiVersion: security.openshift.io/v1
kind: SecurityContextConstraints
metadata:
  name: web
allowPrivilegedContainer: false
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for constraints in cx.of_kind("security.openshift.io", "SecurityContextConstraints") {
        let field = constraints.object.root().get("allowPrivilegedContainer");
        if field.is_true() {
            let message = "who may use these constraints may run privileged containers".to_owned();
            let fix = "set `allowPrivilegedContainer: false`".to_owned();
            report.leading(constraints, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
