//! From text to trees: `text/template/parse`.

mod error;
mod lex;
mod names;
pub(crate) mod node;
mod number;
mod parser;
mod pipeline;
pub(crate) mod print;
mod token;
mod unquote;

use std::rc::Rc;

pub use error::{ParseError, ParseErrorKind};
pub(super) use lex::{LexOptions, Lexer};
pub use token::Keyword;
pub(super) use token::{Token, TokenKind};

use super::set::{FunctionTable, Source, Template, TemplateText};
use crate::source::Span;
use crate::value::Text;
use parser::{Parser, line_at};

/// Parses a text. Gives the templates that it defines; the text itself is the last, under `name`, unless it was
/// empty and defined itself.
pub(super) fn parse(
    name: &Rc<str>,
    source: Source,
    text: &Text,
    functions: &FunctionTable,
) -> Result<Vec<Template>, ParseError> {
    let bytes = text.as_bytes();
    let definitions = Parser::new(Rc::clone(name), bytes, functions).parse().map_err(|(kind, token)| {
        let span = match source {
            Source::File(file) => Some(Span::new(file, token.start()..token.end())),
            Source::Dynamic(_) => None,
        };
        ParseError { kind, name: Rc::clone(name), line: line_at(bytes, token.start(), functions.helm()), span }
    })?;
    let shared = Rc::new(TemplateText { name: Rc::clone(name), text: text.clone(), source });
    let template = |definition: parser::Definition| Template {
        is_empty: definition.root.is_empty_of(bytes),
        name: definition.name,
        text: Rc::clone(&shared),
        root: definition.root,
    };
    Ok(definitions.into_iter().map(template).collect())
}
