//! A credential stands in the chart.

use super::tokens::credentials;
use crate::lint::cx::{Cx, Subject};
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{FileId, Severity, Span};

/// A text that has the form of a credential.
pub static RULE: Rule = Rule {
    id: "exposed-credential",
    group: Group::Security,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "credential in the chart",
    docs: Docs {
        what: "A text in values.yaml, in a template of the chart or in a plain manifest that has the form of a \
               credential: a key of AWS, Google or Stripe, a token of GitHub, GitLab, Slack or npm, a JSON Web Token, \
               a private key. Examples (`…EXAMPLE`, `xxxx`) are none.",
        why: "Whoever can read the chart can use it, as long as it isn't revoked: also when it is removed, for the \
              history keeps it.",
        fix: "Revoke it. Then leave the value empty, and hand it in when the chart is installed.",
    },
    bad: "\
-- values.yaml --
token: glpat-k2Jh8sQ0zLmV4bNcXy7R
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.token | quote }}
",
    good: "\
-- values.yaml --
token: \"\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.token | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else {
        return cx.subjects().for_each(|subject| in_object(subject, report));
    };
    // What is printed comes from these; what a template makes up is no credential of anybody's.
    let inputs = &scene.background.inputs;
    for file in inputs.own_values().into_iter().chain(inputs.own_templates().iter().copied()) {
        in_file(scene, file, report);
    }
}

fn in_file(scene: Scene, file: FileId, report: &mut Report) {
    let Some(source) = scene.sources.files.get(file) else { return };
    for credential in credentials(&source.text) {
        report.in_file(Span::new(file, credential.range), RULE.severity, message(credential.kind), FIX.to_owned());
    }
}

/// A plain manifest. What is in a Secret is encoded, or meant to be there.
fn in_object(subject: Subject, report: &mut Report) {
    let gvk = subject.object.gvk();
    if gvk.is("", "Secret") || gvk.is("apiextensions.k8s.io", "CustomResourceDefinition") {
        return;
    }
    let Some(document) = subject.object.document() else { return };
    for node in document.scalars() {
        if let Some(credential) = credentials(document.text(node).as_bytes()).first() {
            let path = document.path_at(node.span.start).into_iter().collect();
            let field = subject.object.field(&path);
            let concern = RULE.concern(&field, message(credential.kind), FIX.to_owned());
            report.at_bytes(subject, node.span.clone(), concern);
        }
    }
}

fn message(kind: &str) -> String {
    format!("this looks like {kind}: whoever can read this can use it")
}

const FIX: &str = "revoke it, and hand it in when the chart is installed";
