//! Output that is another each time.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::engine::{Document, DocumentKind};
use crate::kube::Path;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Again, Docs, Group, Rule, Scene};
use crate::source::{OriginId, Severity};

/// A place that prints something else each time.
pub static RULE: Rule = Rule {
    id: "nondeterministic-output",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "output that differs from one time to the next",
    docs: Docs {
        what: "A template prints something else in an upgrade with the same chart and the same values: random text, a \
               new key or certificate, the time. The upgrade finds with `lookup` what the first rendering made; what a \
               template takes over from there is no difference. In hooks it is only a note.",
        why: "Every upgrade changes it: pods start anew, passwords no longer fit what they were made for.",
        fix: "Make it a value, or keep what is there: look the Secret up with `lookup` and take its content.",
    },
    bad: "\
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  started: {{ now | unixEpoch | quote }}
",
    good: "\
-- values.yaml --
started: \"2024\"
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  started: {{ .Values.started | quote }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene() else { return };
    let Some(again) = &scene.background.again else { return };
    let mut told = BTreeSet::new();
    for subject in cx.subjects() {
        let Some(document) = scene.documents.get(subject.index) else { continue };
        let Some((other, later)) = counterpart(scene, document, again) else { continue };
        if other.text.as_bytes() == later.text.as_bytes() {
            continue;
        }
        for (range, origin) in differing(document, other) {
            if told.insert((subject.index, origin)) {
                let path = subject.object.document().map(|yaml| yaml.path_at(range.start)).unwrap_or_default();
                report.at_bytes(subject, range, concern(document, path.into_iter().collect()));
            }
        }
    }
}

fn concern(document: &Document, path: Path) -> Concern {
    let (severity, message) = if matches!(document.kind, DocumentKind::Hook(_)) {
        (Severity::Note, "this differs from one rendering to the next")
    } else {
        (RULE.severity, "this differs from one rendering to the next: every upgrade changes it")
    };
    let fix = "make it a value, or keep what is there by `lookup`".to_owned();
    Concern { rule: &RULE, severity, message: message.to_owned(), fix, path }
}

/// The same document in both upgrades: of the same template, by kind and name, or by its number.
fn counterpart<'a>(scene: Scene, document: &Document, again: &'a Again) -> Option<(&'a Document, &'a Document)> {
    let of_source = |other: &&Document| other.source == document.source;
    let own: Vec<_> = scene.sources.documents.iter().filter(of_source).collect();
    let number = own.iter().position(|own| std::ptr::eq(*own, document))?;
    let is_same = |other: &&Document| other.head.kind == document.head.kind && other.head.name == document.head.name;
    let of = |documents: &'a [Document]| {
        let others: Vec<_> = documents.iter().filter(of_source).collect();
        let by_number = || others.get(number).copied().filter(|_| own.len() == others.len());
        others.iter().copied().find(is_same).or_else(by_number)
    };
    Some((of(&again.first)?, of(&again.second)?))
}

/// The places at which two texts differ, each with who printed it. Of texts with different numbers of lines the first.
fn differing(document: &Document, other: &Document) -> Vec<(Range<usize>, OriginId)> {
    let (a, b) = (document.text.to_str(), other.text.to_str());
    let is_even = a.lines().count() == b.lines().count();
    let mut at = 0;
    let mut found = Vec::new();
    for (a, b) in a.split_inclusive('\n').zip(b.split_inclusive('\n')) {
        let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        let place = document.text.runs().and_then(|runs| runs.at(at + same)).filter(|_| a != b);
        found.extend(place.map(|(range, run)| (range, run.origin)));
        if a != b && !is_even {
            break;
        }
        at += a.len();
    }
    found
}
