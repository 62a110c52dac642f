//! What the scanner hands to the parser.

use std::ops::Range;

/// A place in the text. Columns and indexes count characters, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Byte.
    pub(super) offset: usize,
    /// Character.
    pub(super) index: usize,
    /// Line.
    pub(super) line: u32,
    /// Character in the line.
    pub(super) column: usize,
}

/// Text of a token: as it stands in the source, or made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chunk {
    /// These bytes of the source.
    Source(Range<usize>),
    /// Something else: folded, unescaped.
    Made(Box<str>),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A token and its place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: Mark,
    pub(super) end: Mark,
}

/// The kinds of tokens, named as in the YAML literature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    StreamEnd,
    VersionDirective { major: u8, minor: u8 },
    TagDirective { handle: String, prefix: String },
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(Range<usize>),
    Anchor(Range<usize>),
    Tag { handle: String, suffix: String },
    Scalar(Chunk, ScalarStyle),
}
