//! Output that is another each time.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::engine::{Document, DocumentKind};
use crate::kube::Path;
use crate::lint::cx::Cx;
use crate::lint::report::{Concern, Report};
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{FrameKind, OriginId, Severity, Trace};

/// A place that prints something else each time.
pub static RULE: Rule = Rule {
    id: "nondeterministic-output",
    group: Group::Chart,
    severity: Severity::Warning,
    activation: Activation::On,
    title: "output that differs from one time to the next",
    docs: Docs {
        what: "A template prints something else when the same chart is rendered again with the same values: random \
               text, a new key or certificate, the time. Where the template asks the cluster with `lookup` for what is \
               there, as for generated passwords one should, and in hooks, it is only a note.",
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
        let Some(other) = counterpart(scene, document, again) else { continue };
        for (range, origin) in differing(document, other) {
            if told.insert((subject.index, origin)) {
                let path = subject.object.document().map(|yaml| yaml.path_at(range.start)).unwrap_or_default();
                let concern = concern(scene, document, origin, path.into_iter().collect());
                report.at_bytes(subject, range, concern);
            }
        }
    }
}

fn concern(scene: Scene, document: &Document, origin: OriginId, path: Path) -> Concern {
    let is_hook = matches!(document.kind, DocumentKind::Hook(_));
    let is_kept = !is_hook && looks_up(scene, origin);
    let (severity, message) = if is_kept {
        (Severity::Note, "this differs from one rendering to the next, unless what the cluster has is kept")
    } else if is_hook {
        (Severity::Note, "this differs from one rendering to the next")
    } else {
        (RULE.severity, "this differs from one rendering to the next: every upgrade changes it")
    };
    let fix = "make it a value, or keep what is there by `lookup`".to_owned();
    Concern { rule: &RULE, severity, message: message.to_owned(), fix, path }
}

/// The same document in the other rendering: of the same template, the one of the same number.
fn counterpart<'a>(scene: Scene, document: &Document, again: &'a [Document]) -> Option<&'a Document> {
    let of_source = |other: &&Document| other.source == document.source;
    let mut own = scene.sources.documents.iter().filter(of_source);
    let number = own.position(|own| std::ptr::eq(own, document))?;
    again.iter().filter(of_source).nth(number)
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

/// Whether a template that led to an action asks for what the cluster has.
fn looks_up(scene: Scene, origin: OriginId) -> bool {
    let trace: &Trace = scene.sources.trace;
    let Some(origin) = trace.origin(origin) else { return false };
    let calls = trace.frames(origin.frame).filter(|frame| matches!(frame.kind, FrameKind::Include(_)));
    let files = calls.filter_map(|frame| frame.span).map(|span| span.file).chain([origin.span.file]);
    files
        .filter_map(|file| scene.sources.files.get(file))
        .any(|file| file.text.windows(7).any(|word| word == b"lookup "))
}
