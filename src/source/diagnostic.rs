//! What is said to a person about a place in a file.

use super::Span;

/// How bad it is, by consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A matter of style or of care.
    Note,
    /// Works until something fails.
    Warning,
    /// Helm or the API server refuses it, or it can't work.
    Error,
}

impl Severity {
    /// The word shown to people and used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A message with a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What happened, in plain words.
    pub message: String,
    /// Where. `None` where no file of the workspace is to blame.
    pub span: Option<Span>,
    /// The original's own words, where there are such: what Helm prints.
    pub original: Option<String>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), span: None, original: None }
    }

    /// The same with a place.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }
}
