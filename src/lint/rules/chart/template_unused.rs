//! Nobody calls a template.

use std::collections::BTreeSet;

use super::named::{Named, defined};
use crate::lint::cx::Cx;
use crate::lint::manifest::Manifest;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{FileId, Severity, find};

/// A named template that nobody calls.
pub static RULE: Rule = Rule {
    id: "template-unused",
    group: Group::Chart,
    severity: Severity::Note,
    activation: Activation::On,
    title: "template that nobody calls",
    docs: Docs {
        what: "A named template of the chart that was not called, and that nothing which wasn't executed names. \
               Libraries, whose templates are for others, are left alone, and charts that compute the names of \
               templates.",
        why: "It is read by people who look for its effect, and changes nothing.",
        fix: "Remove it.",
    },
    bad: "\
-- templates/_helpers.tpl --
{{ define \"web.labels\" }}a: \"1\"{{ end }}
{{ define \"web.old\" }}b: \"1\"{{ end }}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  {{ include \"web.labels\" . }}
",
    good: "\
-- templates/_helpers.tpl --
{{ define \"web.labels\" }}a: \"1\"{{ end }}
-- templates/web.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  {{ include \"web.labels\" . }}
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    let Some(scene) = cx.scene().filter(|scene| scene.background.failures.is_empty()) else { return };
    if cx.manifest().is_none_or(Manifest::is_library) || scene.documents.is_empty() {
        return;
    }
    let own = scene.background.inputs.own_templates();
    let defined: Vec<(FileId, Named)> =
        own.iter().flat_map(|file| defined(scene, *file).into_iter().map(|named| (*file, named))).collect();
    let called: BTreeSet<&str> = scene.sources.trace.called().collect();
    let suspects = defined.iter().filter(|(_, named)| !called.contains(&*named.name));
    let suspects: Vec<&(FileId, Named)> = suspects.collect();
    if suspects.is_empty() {
        return;
    }
    let unread = not_executed(scene, &defined);
    if unread.iter().any(|text| computes_names(text)) {
        return;
    }
    for (_, named) in suspects {
        let (written, other) = (format!("\"{}\"", named.name), format!("`{}`", named.name));
        let names = |text: &&[u8]| [&written, &other].iter().any(|quoted| find(text, quoted.as_bytes()).is_some());
        // The definition itself names it.
        if unread.iter().filter(|text| names(text)).count() < 2 {
            let message = format!("nobody calls `{}`", named.name);
            report.in_file(named.span, RULE.severity, message, "remove it".to_owned());
        }
    }
}

/// The texts that may call a template and were not executed: branches, and templates that nobody called. Values, which
/// `tpl` may render, are such texts.
fn not_executed<'a>(scene: Scene<'a>, defined: &[(FileId, Named)]) -> Vec<&'a [u8]> {
    let files = scene.sources.files;
    let branches: BTreeSet<_> = scene.sources.trace.skipped().iter().map(|skipped| skipped.span).collect();
    let mut texts: Vec<&[u8]> = branches.into_iter().map(|span| files.text(span)).collect();
    texts.extend(defined.iter().filter_map(|(file, named)| files.get(*file)?.text.get(named.whole.clone())));
    let values = scene.background.inputs.own_values().into_iter().chain(scene.sources.values.iter().copied());
    texts.extend(values.filter_map(|file| files.get(file)).map(|file| &*file.text));
    texts
}

/// Whether a text calls a template whose name it computes.
fn computes_names(text: &[u8]) -> bool {
    ["include (", "include $", "include .", "template ("].iter().any(|call| find(text, call.as_bytes()).is_some())
}
