//! Why a template could not be read or rendered.

use std::fmt;

use crate::source::{FileId, Span};

/// A template could not be read or rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Which of the two.
    pub kind: ErrorKind,
    /// What went wrong.
    pub message: String,
    /// Where, the outermost template first; the last one is where it happened.
    pub places: Vec<Place>,
}

/// What could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// It could not be read.
    Syntax,
    /// It could not be rendered.
    Rendering,
    /// It would have gone on for too long.
    Exhausted,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The template.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// Bytes before it in its line, where that is known.
    pub column: Option<usize>,
    /// The bytes that are to blame.
    pub span: Option<Span>,
}

impl Error {
    /// A fault of a whole file.
    pub(super) fn of_file(template: &str, file: FileId, message: &str) -> Self {
        let place = Place { template: template.to_owned(), line: 1, column: None, span: Some(Span::point(file, 0)) };
        Self { kind: ErrorKind::Syntax, message: message.to_owned(), places: vec![place] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
