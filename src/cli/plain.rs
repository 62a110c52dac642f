//! Plain manifests: files of YAML or JSON, folders of such, and standard input.

use std::fs;
use std::iter;
use std::ops::Range;
use std::path::Path;

use super::terminal::Terminal;
use crate::engine::{Document, DocumentKind};
use crate::helm::Helm;
use crate::kube::{self, Head, Object};
use crate::source::{FileId, Files, FrameId, Origin, OriginId, OriginKind, ReadsId, Run, Runs, Span, Trace};
use crate::value::Text;

/// Files of manifests, as if a chart had rendered to them.
pub struct Plain {
    /// The files.
    pub files: Files,
    /// Every byte comes from its file.
    pub trace: Trace,
    /// The documents, in the order in which they were named.
    pub documents: Vec<Document>,
}

/// Whether these are files of manifests rather than a chart: standard input, files that aren't archives, folders
/// without a `Chart.yaml`.
pub fn are_manifests(operands: &[String], terminal: &Terminal) -> bool {
    let is_manifest = |operand: &String| {
        let path = terminal.path(operand);
        let is_archive = [".tgz", ".tar.gz"].iter().any(|end| operand.ends_with(end));
        operand == "-"
            || (path.is_file() && !is_archive)
            || (path.is_dir() && !path.join("Chart.yaml").exists() && !manifests_below(&path).is_empty())
    };
    !operands.is_empty() && operands.iter().all(is_manifest)
}

/// Reads files of manifests. The error is the sentence to print.
pub fn read(operands: &[String], terminal: &Terminal) -> Result<Plain, String> {
    let mut plain = Plain { files: Files::new(), trace: Trace::on(), documents: Vec::new() };
    for operand in operands {
        let path = terminal.path(operand);
        if operand == "-" {
            plain.add("<stdin>", terminal.input.clone());
        } else if path.is_dir() {
            for inside in manifests_below(&path) {
                plain.add(&format!("{}/{inside}", operand.trim_end_matches('/')), load(&path.join(&inside))?);
            }
        } else {
            plain.add(operand, load(&path)?);
        }
    }
    Ok(plain)
}

fn load(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Folders nest this deep at most.
const MAX_DEPTH: usize = 16;

/// The files of YAML in a folder, by their path inside, sorted. Charts inside are left alone: they are rendered first.
fn manifests_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    collect(folder, "", MAX_DEPTH, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, prefix: &str, depth: usize, found: &mut Vec<String>) {
    if depth == 0 || folder.join("Chart.yaml").exists() {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, inside) = (entry.path(), format!("{prefix}{name}"));
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{inside}/"), depth - 1, found);
        } else if [".yaml", ".yml"].iter().any(|end| name.ends_with(end)) {
            found.push(inside);
        }
    }
}

impl Plain {
    /// Cuts a file into documents.
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let file = self.files.add(name, bytes.clone());
        let (kind, span) = (OriginKind::Literal, Span::new(file, 0..bytes.len()));
        let origin = self.trace.push_origin(Origin { kind, span, frame: FrameId::NONE, reads: ReadsId::NONE });
        for range in kube::split(&bytes, Helm::Four) {
            let text = bytes.get(range.clone()).unwrap_or_default();
            if is_comment(text) {
                continue;
            }
            for part in items(text).unwrap_or_else(|| iter::once(0..text.len()).collect()) {
                self.documents.push(document(name, file, text, part, (origin, range.start)));
            }
        }
    }
}

/// The items of a `List`, such as kubectl prints; `None` for any other object.
fn items(text: &[u8]) -> Option<Vec<Range<usize>>> {
    let object = Object::read(text).ok()?;
    let items = object.at("items").items();
    let is_list = object.gvk().is("", "List") && !items.is_empty();
    is_list.then(|| items.iter().filter_map(|item| Some(object.place(item.path())?.value)).collect())
}

/// Whether nothing but comments stands in a document.
fn is_comment(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// A part of a document as a document. It begins in the column in which it stands, so that its lines stay even.
fn document(name: &str, file: FileId, text: &[u8], part: Range<usize>, (origin, at): (OriginId, usize)) -> Document {
    let own = text.get(part.clone()).unwrap_or_default();
    let before = text.get(..part.start).unwrap_or_default().iter().rev();
    // In braces columns mean nothing.
    let column = if own.starts_with(b"{") { 0 } else { before.take_while(|&&byte| byte != b'\n').count() };
    let mut runs = Runs::new();
    runs.push(column, OriginId::UNKNOWN, Run::WHOLE);
    runs.push(own.len(), origin, u32::try_from(at + part.start).unwrap_or(u32::MAX));
    let text = Text::with_runs([&b" ".repeat(column), own].concat(), runs);
    Document { source: name.to_owned(), file, kind: DocumentKind::Manifest, head: Head::default(), text }
}
