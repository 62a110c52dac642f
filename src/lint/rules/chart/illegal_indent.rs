//! What is printed begins with blanks.

use crate::engine::Document;
use crate::kube::Path;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{OriginKind, Run, Severity};

/// A document whose first line is indented.
pub static RULE: Rule = Rule {
    id: "illegal-indent",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "object that begins with blanks",
    docs: Docs {
        what: "A document whose first line has blanks before it. One in which every line has them can't be read at all.",
        why: "Helm takes away what stands before the first line, and the lines below no longer fit; `helm lint` warns of \
              it.",
        fix: "Remove the blanks.",
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
metadata: {name: web}
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
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    for subject in cx.subjects() {
        let Some(document) = scene.documents.get(subject.index) else { continue };
        if is_indented(scene, document) {
            let end = document.text.as_bytes().iter().position(|byte| *byte == b'\n');
            report.at_bytes(subject, 0..end.unwrap_or(document.text.as_bytes().len()), concern());
        }
    }
}

/// Whether blanks stand before a document's first byte in the line of the template that prints it: Helm takes them away.
fn is_indented(scene: Scene, document: &Document) -> bool {
    let before = || {
        let (_, run) = document.text.runs()?.at(0)?;
        let origin = scene.sources.trace.origin(run.origin)?;
        let is_literal = origin.kind == OriginKind::Literal && run.at != Run::WHOLE;
        let at = origin.span.range().start + run.at as usize;
        let before = scene.sources.files.get(origin.span.file)?.text.get(..at)?.to_vec();
        is_literal.then_some(before)
    };
    let before = before().unwrap_or_default();
    let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let rest = before.len() - blanks;
    blanks > 0 && before.get(..rest).is_some_and(|rest| rest.is_empty() || rest.ends_with(b"\n"))
}

fn concern() -> Concern {
    let message =
        "the document begins with blanks: `helm lint` warns of it, and a second line like it can't be read".to_owned();
    let (rule, severity, path) = (&RULE, RULE.severity, Path::root());
    Concern { rule, severity, message, fix: "remove the blanks before it".to_owned(), path }
}
