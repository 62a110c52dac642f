//! A definition that is installed as in Helm 2.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::Severity;

/// The hook `crd-install`.
pub static RULE: Rule = Rule {
    id: "crd-install-hook",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "hook that is no more",
    docs: Docs {
        what: "The annotation `helm.sh/hook: crd-install`.",
        why: "Helm 2 had it. Since Helm 3 the object is left out: the definition is never installed.",
        fix: "Move the definition to `crds/`.",
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
    helm.sh/hook: crd-install
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
metadata: {name: web}
data:
  a: \"1\"
-- crds/things.yaml --
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for (word, span) in cx.written_hooks() {
        if word.eq_ignore_ascii_case(CRD_INSTALL) {
            let message = "Helm knows no hook `crd-install` since version 3: the object is never installed".to_owned();
            report.in_file(*span, RULE.severity, message, "move the definition to `crds/`".to_owned());
        }
    }
}

/// Helm 2's hook.
pub(super) const CRD_INSTALL: &str = "crd-install";
