//! A token of an account never expires.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A Secret that holds a token for ever.
pub static RULE: Rule = Rule {
    id: "legacy-service-account-token",
    group: Group::Security,
    severity: Severity::Note,
    activation: Activation::On,
    title: "token that never expires",
    docs: Docs {
        what: "A Secret of type `kubernetes.io/service-account-token`.",
        why: "Kubernetes writes a token into it that holds as long as the Secret exists: who has seen it once has the \
              rights of the account.",
        fix: "Mount a projected token, which is renewed, or ask for one with `kubectl create token`.",
    },
    bad: "\
apiVersion: v1
kind: Secret
metadata:
  name: web-token
  annotations: {kubernetes.io/service-account.name: default}
type: kubernetes.io/service-account-token
",
    good: "\
apiVersion: v1
kind: Secret
metadata:
  name: web-token
  annotations: {kubernetes.io/service-account.name: default}
type: Opaque
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for secret in cx.of_kind("", "Secret") {
        let field = secret.object.root().get("type");
        if field.is("kubernetes.io/service-account-token") {
            let message = "the token in this Secret never expires".to_owned();
            let fix = "use a projected token (`serviceAccountToken` in a volume), which is renewed".to_owned();
            report.leading(secret, vec![RULE.concern(&field, message, fix)]);
        }
    }
}
