//! Why a text is no template.

use std::fmt;
use std::rc::Rc;

use crate::source::Span;

/// A text can't be parsed. `Display` is Go's sentence: `template: NAME:LINE: message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// The name under which the text was parsed.
    pub name: Rc<str>,
    /// The line that Go names, from 1. It is that of the last token read, not always that of the fault.
    pub line: u32,
    /// The fault itself, for texts that are files.
    pub span: Option<Span>,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// Anything else, in Go's words.
    Other(String),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template: {}:{}: {}", self.name, self.line, self.kind)
    }
}

impl fmt::Display for ParseErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for ParseError {}
