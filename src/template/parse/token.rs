//! The pieces that the lexer finds.

use crate::value::format::{is_printable, quoted};

/// A piece of the text. What it says is the text between its ends. Small, for it is handed about a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) struct Token {
    pub(in crate::template) kind: TokenKind,
    start: u32,
    end: u32,
}

impl Token {
    pub(super) fn new(kind: TokenKind, start: usize, end: usize) -> Self {
        let short = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { kind, start: short(start), end: short(end) }
    }

    /// Its first byte.
    pub(in crate::template) fn start(self) -> usize {
        self.start as usize
    }

    /// One past its last byte.
    pub(in crate::template) fn end(self) -> usize {
        self.end as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum TokenKind {
    /// What can't be read: see [`Lexer::fault`](super::Lexer::fault).
    Error,
    Bool,
    /// A printable ASCII character that means nothing else.
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    Keyword(Keyword),
}

/// A word that the language keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// `block`
    Block,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `.`
    Dot,
    /// `define`
    Define,
    /// `else`
    Else,
    /// `end`
    End,
    /// `if`
    If,
    /// `nil`
    Nil,
    /// `range`
    Range,
    /// `template`
    Template,
    /// `with`
    With,
}

impl Keyword {
    pub(super) fn from_word(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"." => Self::Dot,
            b"block" => Self::Block,
            b"break" => Self::Break,
            b"continue" => Self::Continue,
            b"define" => Self::Define,
            b"else" => Self::Else,
            b"end" => Self::End,
            b"if" => Self::If,
            b"nil" => Self::Nil,
            b"range" => Self::Range,
            b"template" => Self::Template,
            b"with" => Self::With,
            _ => return None,
        })
    }
}

/// What the lexer can't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum LexError {
    UnclosedAction,
    UnclosedComment,
    CommentEndsEarly,
    UnclosedLeftParen,
    UnexpectedRightParen,
    ExpectedDeclare,
    UnterminatedCharacter,
    UnterminatedString,
    UnterminatedRawString,
    /// The text between the token's ends.
    BadNumber,
    BadCharacter(char),
    Unrecognized(char),
}

impl LexError {
    /// Go's words; `text` is what the token covers.
    pub(super) fn message(self, text: &[u8]) -> String {
        match self {
            Self::UnclosedAction => "unclosed action".to_owned(),
            Self::UnclosedComment => "unclosed comment".to_owned(),
            Self::CommentEndsEarly => "comment ends before closing delimiter".to_owned(),
            Self::UnclosedLeftParen => "unclosed left paren".to_owned(),
            Self::UnexpectedRightParen => "unexpected right paren".to_owned(),
            Self::ExpectedDeclare => "expected :=".to_owned(),
            Self::UnterminatedCharacter => "unterminated character constant".to_owned(),
            Self::UnterminatedString => "unterminated quoted string".to_owned(),
            Self::UnterminatedRawString => "unterminated raw quoted string".to_owned(),
            Self::BadNumber => format!("bad number syntax: {}", quoted(text)),
            Self::BadCharacter(c) => format!("bad character {}", code_point(c)),
            Self::Unrecognized(c) => format!("unrecognized character in action: {}", code_point(c)),
        }
    }
}

/// `%#U`
fn code_point(c: char) -> String {
    let code = u32::from(c);
    if is_printable(c) { format!("U+{code:04X} '{c}'") } else { format!("U+{code:04X}") }
}

impl TokenKind {
    /// The token as Go names it in errors; `text` is what it covers.
    pub(super) fn describe(self, text: &[u8]) -> String {
        const LONGEST: usize = 10;
        match self {
            Self::Eof => "EOF".to_owned(),
            Self::Keyword(_) => format!("<{}>", String::from_utf8_lossy(text)),
            _ if text.len() > LONGEST => format!("{}...", quoted(first_runes(text, LONGEST))),
            _ => quoted(text),
        }
    }
}

/// The first characters of a text; a byte that isn't UTF-8 counts as one.
fn first_runes(text: &[u8], count: usize) -> &[u8] {
    let mut at = 0;
    for _ in 0..count {
        at += super::lex::decode(text.get(at..).unwrap_or_default()).map_or(0, |(_, width)| width);
    }
    text.get(..at).unwrap_or(text)
}
