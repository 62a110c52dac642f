//! Mending: what to write where in the files of a chart so that a finding goes.
//!
//! A remedy says what is to change in an object ([`change`]); where its text comes from says what that means for the
//! template or the values ([`source`]). Whether an edit does what it should, and nothing else, only another rendering
//! shows: [`predicted`] says what that must give.

mod change;
mod hunk;
mod in_file;
mod remedy;
mod several;
mod source;

pub use hunk::{Hunk, hunks};

use std::ops::Range;
use std::rc::Rc;

use change::Change;
use remedy::Remedy;

use super::Finding;
use crate::engine::Document;
use crate::kube::Object;
use crate::source::{Files, Trace};

/// A way to mend what was found, as edits of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// Whether somebody should look at it first.
    pub kind: FixKind,
    /// What to write where.
    pub edits: Vec<Edit>,
    /// The same, in what is rendered; nothing where only a file of the chart is at fault.
    pub rendered: Vec<RenderedEdit>,
}

/// Whether somebody should look at a fix before it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixKind {
    /// It does what it says.
    Safe,
    /// It guesses what was meant.
    Guided,
}

impl FixKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Guided => "guided",
        }
    }
}

/// A piece of a file, and what is to stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file, as Helm names it.
    pub path: Rc<str>,
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

/// A piece of a document, and what will stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedEdit {
    /// The document's number.
    pub document: usize,
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

/// How to mend what was found, in a document or (`None`) in a file of the chart. `None` where that takes more than edits,
/// or their place isn't known.
pub fn fix(finding: &Finding, document: Option<&Document>, files: &Files, trace: &Trace) -> Option<Fix> {
    if let Some(way) = finding.ways.first() {
        let (title, kind, edits) = (way.title.clone(), way.kind, vec![way.edit.clone()]);
        return Some(Fix { title, kind, edits, rendered: Vec::new() });
    }
    if finding.source.is_some() {
        return in_file::fix(finding, files);
    }
    let document = document.filter(|_| remedy::is_known(finding.rule))?;
    let object = document.object().ok()?;
    let written = std::str::from_utf8(document.text.as_bytes()).ok()?;
    let mut remedies = remedy::of(finding, &object, written).into_iter();
    remedies.find_map(|remedy| in_document(remedy, finding.place.document, &object, document, files, trace))
}

/// What a remedy means for the chart's files.
fn in_document(
    remedy: Remedy,
    number: usize,
    object: &Object,
    document: &Document,
    files: &Files,
    trace: &Trace,
) -> Option<Fix> {
    let written = std::str::from_utf8(document.text.as_bytes()).ok()?;
    let (mut edits, mut rendered, mut kind) = (Vec::new(), Vec::new(), remedy.kind);
    for change in &remedy.changes {
        let (range, text) = change.written(object, written)?;
        edits.push(match change {
            Change::Pipe(_, functions, _) => source::piped(&document.text, &range, functions, files, trace)?,
            Change::SetValue(..) => source::in_values(&document.text, &range, &text, files, trace)?,
            _ => source::edit(&document.text, &range, &text, change.is_value(), files, trace)?,
        });
        // What it changes elsewhere nobody asked for.
        if change.is_value() && source::is_shared(&document.text, &range, &text, files, trace) {
            return None;
        }
        // What is included as a whole mostly is for a checksum, which is to change along: pods restart by it, as after any
        // change of their configuration. Somebody should know.
        if edits.last().is_some_and(|edit| trace.called().any(|name| *name == *edit.path)) {
            kind = FixKind::Guided;
        }
        rendered.push(RenderedEdit { document: number, range, text });
    }
    Some(Fix { title: remedy.title, kind, edits, rendered })
}

/// A file with edits that don't touch each other.
pub fn edited<'a>(text: &[u8], edits: impl IntoIterator<Item = &'a Edit>) -> Vec<u8> {
    let pieces = edits.into_iter().map(|edit| (edit.range.clone(), edit.text.as_str()));
    replaced(text, pieces.collect())
}

/// What the documents will be once fixes are applied.
pub fn predicted(documents: &[Document], fixes: &[&Fix]) -> Vec<Vec<u8>> {
    let document = |(number, document): (usize, &Document)| {
        let own = fixes.iter().flat_map(|fix| &fix.rendered).filter(|edit| edit.document == number);
        replaced(document.text.as_bytes(), own.map(|edit| (edit.range.clone(), edit.text.as_str())).collect())
    };
    documents.iter().enumerate().map(document).collect()
}

fn replaced(text: &[u8], mut pieces: Vec<(Range<usize>, &str)>) -> Vec<u8> {
    pieces.sort_by(|a, b| (a.0.start, a.0.end, a.1).cmp(&(b.0.start, b.0.end, b.1)));
    pieces.dedup();
    let (mut new, mut at) = (Vec::with_capacity(text.len()), 0);
    for (range, piece) in pieces {
        new.extend_from_slice(text.get(at..range.start).unwrap_or_default());
        new.extend_from_slice(piece.as_bytes());
        at = at.max(range.end);
    }
    new.extend_from_slice(text.get(at..).unwrap_or_default());
    new
}
