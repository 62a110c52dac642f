//! A hook, its weight or its policy is none.

use super::crd_install_hook::CRD_INSTALL;
use crate::kube::{Field, HookEvent};
use crate::lint::cx::Cx;
use crate::lint::nearest::likely;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// A hook that Helm doesn't know.
pub static RULE: Rule = Rule {
    id: "invalid-hook",
    group: Group::Chart,
    severity: Severity::Error,
    activation: Activation::On,
    title: "hook that Helm doesn't know",
    docs: Docs {
        what: "An event in `helm.sh/hook` that Helm doesn't know; a `helm.sh/hook-weight` that is no whole number, \
               or a `helm.sh/hook-delete-policy` that Helm doesn't know, which are warnings.",
        why: "The whole object is left out of the installation, and never run. A weight that is none counts as 0, \
              and a policy that is none deletes nothing.",
        fix: "Mend the word: `pre-install`, `post-upgrade`, `test` and the like.",
    },
    bad: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  annotations:
    helm.sh/hook: pre-instal
",
    good: "\
-- Chart.yaml --
apiVersion: v2
name: web
version: 1.0.0
icon: https://example.com/web.svg
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  annotations:
    helm.sh/hook: pre-install
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (word, span) in cx.written_hooks() {
        if HookEvent::named(&word.to_lowercase()).is_none() && !word.eq_ignore_ascii_case(CRD_INSTALL) {
            let message = format!("Helm knows no hook `{word}`: the object is left out, and never run");
            report.in_file(*span, RULE.severity, message, advice(word, EVENTS));
        }
    }
    for subject in cx.subjects() {
        let annotations = subject.object.at("metadata.annotations");
        let weight = annotations.get("helm.sh/hook-weight");
        if let Some(written) = weight.string().filter(|written| written.parse::<i64>().is_err()) {
            let message = format!("`{written}` is no whole number: the hook's weight counts as 0");
            report.leading(subject, vec![warning(&weight, message, "write a whole number in quotes".to_owned())]);
        }
        let policy = annotations.get("helm.sh/hook-delete-policy");
        let words = policy.string().unwrap_or_default();
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        for word in words.filter(|word| !POLICIES.contains(&word.to_lowercase().as_str())) {
            let message = format!("Helm knows no policy `{word}`: it deletes nothing by it");
            report.leading(subject, vec![warning(&policy, message, advice(word, POLICIES))]);
        }
    }
}

fn warning(field: &Field, message: String, fix: String) -> Concern {
    Concern { severity: Severity::Warning, ..RULE.concern(field, message, fix) }
}

fn advice(word: &str, known: &[&'static str]) -> String {
    match likely(word, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write one of `{}`", known.join("`, `")),
    }
}

const EVENTS: &[&str] = &[
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
];
const POLICIES: &[&str] = &["before-hook-creation", "hook-succeeded", "hook-failed"];
