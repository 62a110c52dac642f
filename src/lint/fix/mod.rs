//! Mending: what to write where in the files of a chart so that a finding goes.
//!
//! A remedy says what is to change in an object ([`change`]); where its text comes from says what that means for the
//! template or the values ([`source`]). Whether an edit does what it should, and nothing else, only another rendering
//! shows: [`predicted`] says what that must give.

mod change;
mod hunk;
mod remedy;
mod source;

pub use hunk::{Hunk, hunks};

use std::ops::Range;
use std::rc::Rc;

use super::Finding;
use crate::engine::Document;
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
    /// The same, in what is rendered.
    pub rendered: RenderedEdit,
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

/// How to mend what was found in a document. `None` where that takes more than an edit, or its place isn't known.
pub fn fix(finding: &Finding, document: &Document, files: &Files, trace: &Trace) -> Option<Fix> {
    if finding.source.is_some() || !remedy::is_known(finding.rule) {
        return None;
    }
    let object = document.object().ok()?;
    let remedy = remedy::of(finding, &object)?;
    let written = std::str::from_utf8(document.text.as_bytes()).ok()?;
    let (range, text) = remedy.change.written(&object, written)?;
    let edit = source::edit(&document.text, &range, &text, remedy.change.is_value(), files, trace)?;
    let rendered = RenderedEdit { document: finding.place.document, range, text };
    Some(Fix { title: remedy.title, kind: remedy.kind, edits: vec![edit], rendered })
}

/// A file with edits that don't touch each other.
pub fn edited<'a>(text: &[u8], edits: impl IntoIterator<Item = &'a Edit>) -> Vec<u8> {
    let pieces = edits.into_iter().map(|edit| (edit.range.clone(), edit.text.as_str()));
    replaced(text, pieces.collect())
}

/// What the documents will be once fixes are applied.
pub fn predicted(documents: &[Document], fixes: &[&Fix]) -> Vec<Vec<u8>> {
    let document = |(number, document): (usize, &Document)| {
        let own = fixes.iter().map(|fix| &fix.rendered).filter(|edit| edit.document == number);
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
