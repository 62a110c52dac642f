//! Remedies for what is wrong with a file of the chart itself: `Chart.yaml`, a template, the values.

use std::ops::Range;

use super::{Edit, Fix, FixKind};
use crate::lint::Finding;
use crate::source::Files;

/// What to write in place of the text that a finding marks.
pub(super) fn fix(finding: &Finding, files: &Files) -> Option<Fix> {
    let span = finding.source?;
    let file = files.get(span.file)?;
    let text = std::str::from_utf8(&file.text).ok()?;
    let marked = Marked { finding, text, range: span.range() };
    let (_, kind, change) = CHANGES.iter().find(|(rule, ..)| *rule == finding.rule)?;
    let Written { title, range, text } = change(&marked)?;
    let edits = vec![Edit { path: file.path.clone(), range, text }];
    Some(Fix { title, kind: *kind, edits, rendered: Vec::new() })
}

/// A finding and the text it is about.
struct Marked<'a> {
    finding: &'a Finding,
    text: &'a str,
    range: Range<usize>,
}

/// What goes, and what comes.
struct Written {
    title: String,
    range: Range<usize>,
    text: String,
}

type Of = fn(&Marked) -> Option<Written>;

/// The rules whose findings an edit can mend. What changes what is printed is for somebody to look at.
const CHANGES: &[(&str, FixKind, Of)] = &[
    ("ambiguous-scalar", FixKind::Guided, quoted),
    ("chart-api-version-invalid", FixKind::Safe, version_two),
    ("chart-app-version-not-string", FixKind::Safe, quoted),
    ("chart-dependencies-in-v1", FixKind::Safe, version_two),
    ("chart-type-invalid", FixKind::Safe, version_two),
    ("chart-version-not-strict-semver", FixKind::Guided, in_full),
    ("chart-yaml-strict", FixKind::Guided, meant_field),
    ("invalid-hook", FixKind::Guided, meant),
    ("removed-builtin-object", FixKind::Guided, meant),
];

impl Marked<'_> {
    fn marked(&self) -> &str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }

    /// What the advice says literally behind some words.
    fn advised(&self, begin: &str) -> Option<&str> {
        let (word, _) = self.finding.fix.strip_prefix(begin)?.split_once('`')?;
        Some(word)
    }

    /// Puts a text in place of the last part of what is marked.
    fn replaced(&self, old: &str, new: String) -> Option<Written> {
        let start = self.range.end - self.marked().strip_suffix(old).map(|_| old.len())?;
        Some(Written { title: format!("Write {new}"), range: start..self.range.end, text: new })
    }
}

/// The value without quotes behind a key.
fn quoted(marked: &Marked) -> Option<Written> {
    let written = marked.marked().rsplit_once(": ").map_or(marked.marked(), |(_, written)| written).trim_start();
    let is_plain =
        !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
    is_plain.then(|| marked.replaced(written, format!("\"{written}\"")))?
}

fn in_full(marked: &Marked) -> Option<Written> {
    let new = marked.advised("write `")?;
    let written = marked.marked().rsplit_once(": ").map(|(_, written)| written.trim_start())?;
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let quote = quote.map(String::from).unwrap_or_default();
    marked.replaced(written, format!("{quote}{new}{quote}"))
}

/// What was probably meant.
fn meant(marked: &Marked) -> Option<Written> {
    let new = marked.advised("did you mean `")?.to_owned();
    Some(Written { title: format!("Write {new}"), range: marked.range.clone(), text: new })
}

/// A field of `Chart.yaml`: what is to be a list, and isn't one, would keep Helm from reading the file.
fn meant_field(marked: &Marked) -> Option<Written> {
    const LISTS: [&str; 4] = ["dependencies", "keywords", "maintainers", "sources"];
    let written = meant(marked)?;
    let rest = marked.text.get(marked.range.end..)?.trim_start_matches(['"', '\'']).trim_start_matches(':');
    let is_list = rest.trim_start().starts_with(['-', '[']);
    (is_list || !LISTS.contains(&written.text.as_str())).then_some(written)
}

/// `apiVersion: v2`, in the line that says another one or, where none does, in a line of its own.
fn version_two(marked: &Marked) -> Option<Written> {
    const KEY: &str = "apiVersion:";
    // A type that doesn't exist is another matter.
    marked.finding.fix.contains("`apiVersion: v2`").then_some(())?;
    let text = format!("{KEY} v2");
    let title = format!("Write {text}");
    let mut start = 0;
    for line in marked.text.split_inclusive('\n') {
        if line.starts_with(KEY) {
            let end = line.find(" #").unwrap_or(line.len());
            let end = line.get(..end)?.trim_end().len();
            return Some(Written { title, range: start..start + end, text });
        }
        start += line.len();
    }
    let line = marked.text.get(..marked.range.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    Some(Written { title, range: line..line, text: format!("{text}\n") })
}
