//! A template asks the cluster.

use crate::lint::cx::Cx;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule};
use crate::source::{Severity, Span, find};
use crate::template::{WordKind, scan};

/// A call of `lookup`.
pub static RULE: Rule = Rule {
    id: "lookup-in-template",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "template that asks the cluster",
    docs: Docs {
        what: "A template of the chart that calls `lookup`.",
        why: "`helm template`, a dry run and Argo CD ask no cluster: the template finds nothing there, and prints what \
              it would print the first time. So does this preview.",
        fix: "See to it that the template also does right where nothing is found.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ lookup \"v1\" \"Secret\" \"default\" \"web\" | toJson | quote }}
",
    good: "\
-- values.yaml --
a: \"1\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  a: {{ .Values.a | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for file in scene.background.inputs.own_templates() {
        let Some(source) = scene.sources.files.get(*file) else { continue };
        // Few ask, and their words needn't be told apart.
        if find(&source.text, LOOKUP).is_none() {
            continue;
        }
        for word in scan(&source.text) {
            if word.kind == WordKind::Function && source.text.get(word.range.clone()) == Some(LOOKUP) {
                let message = "`lookup` finds nothing in a preview, in `helm template` and in Argo CD".to_owned();
                let fix = "see to it that nothing found does right, too".to_owned();
                report.in_file(Span::new(*file, word.range), RULE.severity, message, fix);
            }
        }
    }
}

const LOOKUP: &[u8] = b"lookup";
