//! The table of files that spans point into.

use std::cell::OnceCell;
use std::rc::Rc;

use super::{FileBytes, FileId, LineIndex, Position, Span};

/// One file: its path inside the workspace and its bytes.
#[derive(Clone, Debug)]
pub struct File {
    /// Path with forward slashes, as Helm names it (`web/templates/service.yaml`, `web/values.yaml`).
    pub path: Rc<str>,
    /// Content, as it was read.
    pub text: FileBytes,
    /// Most files are never asked where a line begins.
    lines: OnceCell<LineIndex>,
}

impl File {
    /// The file's line index.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// All files of one rendering, numbered in the order they were added.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and returns its number.
    pub fn add(&mut self, path: impl Into<Rc<str>>, text: impl Into<Rc<[u8]>>) -> FileId {
        self.add_file(path, FileBytes::from(text.into()))
    }

    /// The same, of a file that is perhaps not read yet.
    pub fn add_file(&mut self, path: impl Into<Rc<str>>, text: FileBytes) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File { path: path.into(), text, lines: OnceCell::new() });
        id
    }

    /// The file of this number.
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    /// The number of the file at `path`; the newest where several share it.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.iter().rposition(|file| &*file.path == path)?;
        u32::try_from(at).ok().map(FileId)
    }

    /// The bytes a span covers; empty where it points outside.
    pub fn text(&self, span: Span) -> &[u8] {
        self.get(span.file).and_then(|file| file.text.get(span.range())).unwrap_or_default()
    }

    /// Where a span begins.
    pub fn position(&self, span: Span) -> Option<Position> {
        self.get(span.file).map(|file| file.lines().position(&file.text, span.start as usize))
    }

    /// All files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0u32..).map(FileId).zip(&self.files)
    }
}
