//! The documents of a rendering.

use std::collections::BTreeMap;

use super::error::{Error, ErrorKind};
use super::heads::{Read, pieces};
use crate::chart::Log;
use crate::helm::Helm;
use crate::kube::{self, Head, Hook};
use crate::source::FileId;
use crate::value::Text;
use crate::yaml;

/// One document that templates printed, or a file in `crds/`.
#[derive(Clone, Debug)]
pub struct Document {
    /// The template, as Helm names it: `web/templates/service.yaml`.
    pub source: String,
    /// The template's number in the table of files.
    pub file: FileId,
    /// What Helm does with it.
    pub kind: DocumentKind,
    /// `apiVersion`, `kind`, name and annotations as Helm reads them. Empty for a file in `crds/`, which Helm doesn't
    /// read.
    pub head: Head,
    /// Its text.
    pub text: Text,
}

/// What Helm does with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Installed with the release.
    Manifest,
    /// Applied at an event.
    Hook(Hook),
    /// A file in `crds/`: installed before all else, and never changed again.
    Crd,
}

impl Document {
    /// The document as an object whose fields know where they stand in [`Document::text`].
    pub fn object(&self) -> Result<kube::Object, yaml::Error> {
        kube::Object::read(self.text.as_bytes())
    }
}

/// What a template printed.
pub(super) struct Output {
    pub file: FileId,
    pub text: Text,
}

/// Cuts outputs into documents and sorts those: manifests in install order, then hooks in install order. The first one
/// that can't be read ends it.
///
/// `read` is what was read of them already.
pub(super) fn documents(outputs: &BTreeMap<String, Output>, read: Read, log: &mut Log) -> Result<Vec<Document>, Error> {
    let helm = log.helm();
    cut(outputs, read, log, &mut |unreadable| {
        let Unreadable { source, message, .. } = unreadable;
        Err(self::unreadable(outputs, source, message, helm))
    })
}

/// The same, but what can't be read stays, without a kind.
pub(super) fn documents_anyway<'o>(
    outputs: &'o BTreeMap<String, Output>,
    log: &mut Log,
    found: &mut Vec<Unreadable<'o>>,
) -> Vec<Document> {
    let documents = cut(outputs, Read::new(), log, &mut |unreadable| {
        found.push(unreadable);
        Ok(())
    });
    documents.unwrap_or_default()
}

/// A document that can't be read.
pub(super) struct Unreadable<'o> {
    /// Its template.
    pub source: &'o str,
    /// Its text.
    pub text: Text,
    /// What Helm's reader says.
    pub message: String,
}

fn cut<'o>(
    outputs: &'o BTreeMap<String, Output>,
    mut read: Read,
    log: &mut Log,
    on_unreadable: &mut dyn FnMut(Unreadable<'o>) -> Result<(), Error>,
) -> Result<Vec<Document>, Error> {
    let helm = log.helm();
    let (mut manifests, mut hooks) = (Vec::new(), Vec::new());
    for (source, output) in outputs {
        let pieces = read.remove(source).unwrap_or_else(|| pieces(output.text.as_bytes(), helm));
        for (range, head) in pieces {
            let text = output.text.slice(range);
            let head = match head {
                Ok(head) => head,
                Err(message) => {
                    on_unreadable(Unreadable { source, text: text.clone(), message })?;
                    Head::default()
                }
            };
            match Hook::read(&head) {
                Ok(None) => manifests.push(document(source, output, DocumentKind::Manifest, head, text)),
                Ok(Some(hook)) => hooks.push(document(source, output, DocumentKind::Hook(hook), head, text)),
                Err(written) => log.skipped_hook(written),
            }
        }
    }
    kube::sort_by_kind(&mut manifests, |document: &Document| &document.head.kind, helm);
    kube::sort_by_kind(&mut hooks, |document: &Document| &document.head.kind, helm);
    manifests.append(&mut hooks);
    Ok(manifests)
}

fn document(source: &str, output: &Output, kind: DocumentKind, head: Head, text: Text) -> Document {
    Document { source: source.to_owned(), file: output.file, kind, head, text }
}

/// The error about a document that can't be read, with everything that was rendered.
fn unreadable(outputs: &BTreeMap<String, Output>, source: &str, message: String, helm: Helm) -> Error {
    let file = outputs.get(source).map(|output| output.file);
    let span = file.map(|file| crate::source::Span::point(file, 0));
    let shown = outputs.iter().filter(|(_, output)| !is_blank(&output.text));
    let rendered: Vec<u8> = shown.flat_map(|(source, output)| source_and_text(source, &output.text)).collect();
    let kind = ErrorKind::Manifest { source: source.to_owned(), span, message };
    Error { kind, rendered: Some(rendered.into()), helm }
}

fn source_and_text(source: &str, text: &Text) -> Vec<u8> {
    [format!("---\n# Source: {source}\n").as_bytes(), text.as_bytes(), b"\n"].concat()
}

fn is_blank(text: &Text) -> bool {
    text.to_str().trim().is_empty()
}
