//! Why a text is no template.

use std::fmt;
use std::rc::Rc;

use crate::source::Span;
use crate::value::format::quoted;

/// A text can't be parsed. `Display` is Go's sentence: `template: NAME:LINE: message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// The name under which the text was parsed.
    pub name: Rc<str>,
    /// The line that Go names, from 1. It is that of the last token read, not always that of the fault.
    pub line: u32,
    /// The last token read, for texts that are files.
    pub span: Option<Span>,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// A piece that isn't one, in Go's words; where the action began if that is on another line.
    Lexical {
        /// Go's words.
        message: String,
        /// The text's name and the line.
        started: Option<(Rc<str>, u32)>,
    },
    /// A token, as Go describes it, that can't stand in this context.
    Unexpected {
        /// The token.
        token: String,
        /// The context.
        context: &'static str,
    },
    /// `{{end}}` or `{{else}}` where nothing is open.
    UnexpectedControl(&'static str),
    /// `{{else}}` in a definition or block.
    UnexpectedControlIn(&'static str, &'static str),
    /// A second `{{else}}`.
    ExpectedEnd(&'static str),
    /// The text ends within a control structure or definition.
    UnexpectedEof,
    /// A function that isn't there.
    UndefinedFunction(String),
    /// A variable that isn't there.
    UndefinedVariable(String),
    /// A pipeline without a command.
    MissingValue(&'static str),
    /// A constant as the given stage of a pipeline.
    NonExecutable(usize),
    /// `range $x, 1`
    RangeOnlyVariables,
    /// `$x, $y := 1`
    TooManyDeclarations(&'static str),
    /// `break` or `continue`.
    OutsideRange(&'static str),
    /// Nothing between two pipes.
    EmptyCommand,
    /// A field of a constant.
    DotAfterTerm(String),
    /// A string or character literal with a bad escape.
    InvalidSyntax,
    /// More than one character between single quotes.
    MalformedCharacter(String),
    /// A number that isn't one.
    IllegalNumber(Vec<u8>),
    /// An integer beyond 64 bits.
    IntegerOverflow(Vec<u8>),
    /// Two definitions of a template in one text.
    MultipleDefinition(String),
    /// Too many parentheses in each other. Go allows more.
    ExpressionTooDeep,
    /// Too many control structures in each other. Go knows no such limit.
    BlocksTooDeep,
    /// A pipeline of too many commands.
    PipelineTooLong,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template: {}:{}: {}", self.name, self.line, self.kind)
    }
}

impl fmt::Display for ParseErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lexical { message, started: None } => f.write_str(message),
            Self::Lexical { message, started: Some((text, line)) } => {
                // "unclosed action in action" would be one action too many.
                let joint = if message.ends_with(" action") { "" } else { " in action" };
                write!(f, "{message}{joint} started at {text}:{line}")
            }
            Self::Unexpected { token, context } => write!(f, "unexpected {token} in {context}"),
            Self::UnexpectedControl(control) => write!(f, "unexpected {control}"),
            Self::UnexpectedControlIn(control, context) => write!(f, "unexpected {control} in {context}"),
            Self::ExpectedEnd(control) => write!(f, "expected end; found {control}"),
            Self::UnexpectedEof => f.write_str("unexpected EOF"),
            Self::UndefinedFunction(name) => write!(f, "function {} not defined", quoted(name.as_bytes())),
            Self::UndefinedVariable(name) => write!(f, "undefined variable {}", quoted(name.as_bytes())),
            Self::MissingValue(context) => write!(f, "missing value for {context}"),
            Self::NonExecutable(stage) => write!(f, "non executable command in pipeline stage {stage}"),
            Self::RangeOnlyVariables => f.write_str("range can only initialize variables"),
            Self::TooManyDeclarations(context) => write!(f, "too many declarations in {context}"),
            Self::OutsideRange(control) => write!(f, "{control} outside {{{{range}}}}"),
            Self::EmptyCommand => f.write_str("empty command"),
            Self::DotAfterTerm(term) => write!(f, "unexpected . after term {}", quoted(term.as_bytes())),
            Self::InvalidSyntax => f.write_str("invalid syntax"),
            Self::MalformedCharacter(text) => write!(f, "malformed character constant: {text}"),
            Self::IllegalNumber(text) => write!(f, "illegal number syntax: {}", quoted(text)),
            Self::IntegerOverflow(text) => write!(f, "integer overflow: {}", quoted(text)),
            Self::MultipleDefinition(name) => {
                write!(f, "template: multiple definition of template {}", quoted(name.as_bytes()))
            }
            Self::ExpressionTooDeep => f.write_str("max expression depth exceeded"),
            Self::BlocksTooDeep => f.write_str("max block depth exceeded"),
            Self::PipelineTooLong => f.write_str("pipeline too long"),
        }
    }
}

impl std::error::Error for ParseError {}
