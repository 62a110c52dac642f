//! From text to trees: `text/template/parse`.

mod error;
mod lex;
pub(crate) mod node;
mod number;
mod parser;
mod pipeline;
pub(crate) mod print;
mod token;
mod unquote;
pub(crate) mod words;

use std::rc::Rc;

pub use error::{ParseError, ParseErrorKind};
pub(super) use lex::{LexOptions, Lexer};
pub use token::Keyword;
pub(super) use token::{Token, TokenKind};

use super::set::{FunctionTable, Source, Template, TemplateText};
use crate::helm::Helm;
use crate::source::Span;
use crate::value::Text;
use parser::{Definition, Parser, define, line_at};
use words::Collected;

/// What a text says, by itself: whoever knows its name makes templates of it. Threads hand it to each other.
pub(super) struct Tree {
    definitions: Vec<Definition>,
    root: node::List,
    /// The last token, which is blamed where the text defines what it is itself.
    end: Token,
    words: Collected,
}

/// A text, and how it is called.
#[derive(Clone, Copy)]
pub(super) struct Named<'t> {
    pub(super) name: &'t Rc<str>,
    pub(super) source: Source,
    pub(super) text: &'t Text,
    pub(super) helm: Helm,
}

impl Named<'_> {
    fn error(self, kind: ParseErrorKind, token: Token) -> ParseError {
        let span = match self.source {
            Source::File(file) => Some(Span::new(file, token.start()..token.end())),
            Source::Dynamic(_) => None,
        };
        let line = line_at(self.text.as_bytes(), token.start(), self.helm);
        ParseError { kind, name: Rc::clone(self.name), line, span }
    }
}

/// Parses a text. Gives the templates that it defines; the text itself is the last, under its name, unless it was empty
/// and defined itself.
pub(super) fn parse(named: Named<'_>, functions: &FunctionTable) -> Result<Vec<Template>, ParseError> {
    let parser = Parser::new(named.name, named.text.as_bytes(), functions);
    parser.parse().map_err(|(kind, token)| named.error(kind, token))?.templates(named)
}

/// Parses a text that has no name yet; nothing where that fails.
pub(super) fn read(text: &[u8], functions: &FunctionTable) -> Option<Tree> {
    Parser::new("", text, functions).parse().ok()
}

impl Tree {
    /// The templates that the text defines.
    pub(super) fn templates(self, named: Named<'_>) -> Result<Vec<Template>, ParseError> {
        let Named { name, source, text, .. } = named;
        let mut definitions = self.definitions;
        let own = Definition::new(name.to_string(), self.root, text.as_bytes());
        define(&mut definitions, own).map_err(|kind| named.error(kind, self.end))?;
        let words = self.words.of(text.as_bytes());
        let shared = Rc::new(TemplateText { name: Rc::clone(name), text: text.clone(), source, words });
        let template = |Definition { name, root, is_empty }| Template {
            name: name.into(),
            text: Rc::clone(&shared),
            root,
            is_empty,
        };
        Ok(definitions.into_iter().map(template).collect())
    }
}
