//! What a template printed, piece by piece.

use std::ops::Range;

use crate::source::{ReadsId, Span};
use crate::value::Text;

/// What a template printed.
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Where its pieces come from, in order. Empty where nothing is recorded.
    pub pieces: Vec<Piece>,
}

/// A piece of the text.
pub struct Piece {
    /// Its bytes in the text.
    pub output: Range<usize>,
    /// The template that printed it.
    pub template: String,
    /// What printed it.
    pub span: Option<Span>,
    /// How.
    pub kind: PieceKind,
}

/// How a piece was printed.
pub enum PieceKind {
    /// It stands in the template, at the span.
    Literal,
    /// An expression printed it: the text with its runs, and what was read for it.
    Expression(Text, Vec<ReadsId>),
}
