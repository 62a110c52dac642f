//! Errors in Go's words.

use std::fmt;
use std::ops::Range;

/// Why a text could not be read, where, and what Go would say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The step of reading that failed, which Go's words begin with.
    pub stage: Stage,
    /// The line as Go counts it, which is not always the line of [`Error::span`]. `None` where Go names no line.
    pub line: Option<u32>,
    /// The bytes where reading stopped.
    pub span: Range<usize>,
    /// First byte of the construct that was being read, where one was.
    pub construct: Option<usize>,
}

/// The steps in which sigs.k8s.io/yaml reads: YAML becomes JSON, JSON becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// go-yaml alone; no prefix.
    Yaml,
    /// `error converting YAML to JSON: `
    Converting,
    /// `error unmarshaling JSON: while decoding JSON: `
    Unmarshaling,
}

/// The kinds of errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A character that may not occur, or bytes that are no characters.
    Reader(Reader),
    /// Something that is not YAML.
    Syntax(Problem),
    /// More than 10000 collections inside each other.
    Depth,
    /// An alias without an anchor.
    UnknownAnchor(String),
    /// An alias inside of its own anchor.
    SelfReference(String),
    /// Aliases make the document too large.
    ExcessiveAliasing,
    /// A collection as a key; the text is the key in Go's syntax.
    InvalidMapKey(String),
    /// A key that JSON can't have.
    UnsupportedKey(Box<UnsupportedKey>),
    /// `<<` with something other than mappings.
    MergeWantsMap,
    /// A scalar that isn't what its tag says: what it is, its text, its tag.
    WrongTag(&'static str, String, String),
    /// `!!binary` that is not base64.
    Base64,
    /// A key that occurs twice, where that is forbidden: line (as Go counts) and key in Go's syntax.
    DuplicateKeys(Vec<(u32, String)>),
    /// A number that JSON doesn't have: `NaN`, `+Inf`, `-Inf`.
    UnsupportedValue(String),
    /// A type that JSON doesn't have.
    UnsupportedType(String),
    /// Something other than what was wanted: what it is, and the wanted type.
    WrongType(&'static str, &'static str),
    /// More than 10000 collections inside each other, noticed by Go's JSON at this bracket.
    JsonDepth(char),
    /// Our own limit: more bytes than this.
    Size(usize),
    /// Our own limit: more values than this.
    Values(usize),
}

/// A key that JSON can't have, in Go's syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedKey {
    /// Its type.
    pub ty: &'static str,
    /// The key.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl fmt::Display for UnsupportedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unsupported map key of type: {}, key: {}, value: {}", self.ty, self.key, self.value)
    }
}

/// What the reader complains about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are in `text`")]
pub enum Reader {
    ControlCharacter,
    LeadingOctet,
    TrailingOctet,
    IncompleteSequence,
    SequenceLength,
    Character,
    IncompleteUtf16,
    LowSurrogate,
    NoLowSurrogate,
}

/// What the scanner and the parser complain about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are in `text`")]
pub enum Problem {
    NoColon,
    NoToken,
    SequenceEntryContext,
    KeyContext,
    ValueContext,
    UnknownDirective,
    DirectiveEnd,
    DirectiveName,
    DirectiveNameEnd,
    VersionDot,
    VersionLong,
    VersionNumber,
    DirectiveSpace,
    DirectiveSpaceOrBreak,
    AnchorName,
    TagClose,
    TagSpace,
    TagBang,
    TagUri,
    UriEscape,
    UriLeadingOctet,
    UriTrailingOctet,
    IndentIndicatorZero,
    BlockHeaderEnd,
    BlockTab,
    DocumentIndicator,
    EndOfStream,
    UnknownEscape,
    HexNumber,
    EscapeCode,
    PlainTab,
    DocumentStart,
    TagHandle,
    NodeContent,
    DashIndicator,
    Key,
    CommaOrBracket,
    CommaOrBrace,
    DuplicateYamlDirective,
    IncompatibleDocument,
    DuplicateTagDirective,
}

impl Error {
    /// An error at some bytes, in whose words Go names no line.
    pub(super) fn at(kind: ErrorKind, span: Range<usize>) -> Self {
        Self { kind, stage: Stage::Yaml, line: None, span, construct: None }
    }

    /// The same, as a step of sigs.k8s.io/yaml reports it.
    #[must_use]
    pub(super) fn in_stage(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.stage {
            Stage::Yaml => "",
            Stage::Converting => "error converting YAML to JSON: ",
            Stage::Unmarshaling => "error unmarshaling JSON: while decoding JSON: ",
        })?;
        if self.kind.is_from_yaml() {
            f.write_str("yaml: ")?;
        }
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        self.kind.fmt(f)
    }
}

impl ErrorKind {
    /// Whether Go's words begin with `yaml: `.
    fn is_from_yaml(&self) -> bool {
        !matches!(
            self,
            Self::UnsupportedKey(_)
                | Self::UnsupportedValue(_)
                | Self::UnsupportedType(_)
                | Self::WrongType(..)
                | Self::JsonDepth(_)
                | Self::Size(_)
                | Self::Values(_)
        )
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reader(reader) => f.write_str(reader.text()),
            Self::Syntax(problem) => f.write_str(problem.text()),
            Self::Depth => f.write_str("exceeded max depth of 10000"),
            Self::UnknownAnchor(name) => write!(f, "unknown anchor '{name}' referenced"),
            Self::SelfReference(name) => write!(f, "anchor '{name}' value contains itself"),
            Self::ExcessiveAliasing => f.write_str("document contains excessive aliasing"),
            Self::InvalidMapKey(key) => write!(f, "invalid map key: {key}"),
            Self::UnsupportedKey(key) => key.fmt(f),
            Self::MergeWantsMap => f.write_str("map merge requires map or sequence of maps as the value"),
            Self::WrongTag(is, text, tag) => write!(f, "cannot decode {is} `{text}` as a {tag}"),
            Self::Base64 => f.write_str("!!binary value contains invalid base64 data"),
            Self::DuplicateKeys(keys) => {
                f.write_str("unmarshal errors:")?;
                keys.iter().try_for_each(|(line, key)| write!(f, "\n  line {line}: key {key} already set in map"))
            }
            Self::UnsupportedValue(value) => write!(f, "json: unsupported value: {value}"),
            Self::UnsupportedType(ty) => write!(f, "json: unsupported type: {ty}"),
            Self::WrongType(is, wanted) => write!(f, "json: cannot unmarshal {is} into Go value of type {wanted}"),
            Self::JsonDepth(bracket) => write!(f, "invalid character '{bracket}' exceeded max depth"),
            Self::Size(limit) => write!(f, "stopped: the YAML text is longer than {limit} bytes"),
            Self::Values(limit) => write!(f, "stopped: the YAML text holds more than {limit} values"),
        }
    }
}

impl Reader {
    fn text(self) -> &'static str {
        match self {
            Self::ControlCharacter => "control characters are not allowed",
            Self::LeadingOctet => "invalid leading UTF-8 octet",
            Self::TrailingOctet => "invalid trailing UTF-8 octet",
            Self::IncompleteSequence => "incomplete UTF-8 octet sequence",
            Self::SequenceLength => "invalid length of a UTF-8 sequence",
            Self::Character => "invalid Unicode character",
            Self::IncompleteUtf16 => "incomplete UTF-16 character",
            Self::LowSurrogate => "unexpected low surrogate area",
            Self::NoLowSurrogate => "expected low surrogate area",
        }
    }
}

impl Problem {
    fn text(self) -> &'static str {
        match self {
            Self::NoColon => "could not find expected ':'",
            Self::NoToken => "found character that cannot start any token",
            Self::SequenceEntryContext => "block sequence entries are not allowed in this context",
            Self::KeyContext => "mapping keys are not allowed in this context",
            Self::ValueContext => "mapping values are not allowed in this context",
            Self::UnknownDirective => "found unknown directive name",
            Self::DirectiveEnd | Self::BlockHeaderEnd => "did not find expected comment or line break",
            Self::DirectiveName => "could not find expected directive name",
            Self::DirectiveNameEnd => "found unexpected non-alphabetical character",
            Self::VersionDot => "did not find expected digit or '.' character",
            Self::VersionLong => "found extremely long version number",
            Self::VersionNumber => "did not find expected version number",
            Self::DirectiveSpace => "did not find expected whitespace",
            Self::DirectiveSpaceOrBreak | Self::TagSpace => "did not find expected whitespace or line break",
            Self::AnchorName => "did not find expected alphabetic or numeric character",
            Self::TagClose => "did not find the expected '>'",
            Self::TagBang => "did not find expected '!'",
            Self::TagUri => "did not find expected tag URI",
            Self::UriEscape => "did not find URI escaped octet",
            Self::UriLeadingOctet => "found an incorrect leading UTF-8 octet",
            Self::UriTrailingOctet => "found an incorrect trailing UTF-8 octet",
            Self::IndentIndicatorZero => "found an indentation indicator equal to 0",
            Self::BlockTab => "found a tab character where an indentation space is expected",
            Self::DocumentIndicator => "found unexpected document indicator",
            Self::EndOfStream => "found unexpected end of stream",
            Self::UnknownEscape => "found unknown escape character",
            Self::HexNumber => "did not find expected hexdecimal number",
            Self::EscapeCode => "found invalid Unicode character escape code",
            Self::PlainTab => "found a tab character that violates indentation",
            Self::DocumentStart => "did not find expected <document start>",
            Self::TagHandle => "found undefined tag handle",
            Self::NodeContent => "did not find expected node content",
            Self::DashIndicator => "did not find expected '-' indicator",
            Self::Key => "did not find expected key",
            Self::CommaOrBracket => "did not find expected ',' or ']'",
            Self::CommaOrBrace => "did not find expected ',' or '}'",
            Self::DuplicateYamlDirective => "found duplicate %YAML directive",
            Self::IncompatibleDocument => "found incompatible YAML document",
            Self::DuplicateTagDirective => "found duplicate %TAG directive",
        }
    }
}
