//! Floor 2. YAML as Helm's Go libraries read and write it: sigs.k8s.io/yaml over go-yaml v2, and go-yaml v3 for
//! `toYamlPretty`. Written from the specification and from what the libraries do.
//!
//! ```text
//! bytes ── input ─▶ scan ─▶ parse ─▶ nodes ── resolve, decode ─▶ value ── encode, emit ─▶ text
//!                                    └─ spans, comments                                   └─ origins
//! ```
//!
//! The scanner and the parser look for the same things in the same order as libyaml's descendants, for that decides
//! which error is found and which line it names.
//!
//! Differences on purpose: a text of more than [`MAX_BYTES`] is refused, and one that aliases blow up to more than four
//! million values. A byte order mark inside of the text is a character like any other. Where Go leaves it to chance
//! (`1` and `"1"` as keys of one mapping, keys that its order turns round in circles) the answer here is always the
//! same one. What `toYamlPretty` writes is held to ten thousand levels; Go's process would end.

mod decode;
mod emit;
mod emit_scalar;
mod encode;
mod error;
mod gosyntax;
mod input;
mod node;
mod number;
mod parse;
mod resolve;
mod scan;
mod scan_block;
mod scan_scalar;
mod scan_tag;
mod sort;
mod survey;
mod timestamp;
mod token;

use std::ops::Range;
use std::rc::Rc;

pub use decode::{Duplicates, Numbers};
pub use error::{Error, ErrorKind, Problem, Reader, Stage, UnsupportedKey};
pub use node::{CollectionStyle, Comment, Document, Node, NodeId, NodeKind, Place, ScalarNode};
pub use survey::DuplicateKey;
pub use token::ScalarStyle;

use crate::source::{OriginId, ReadsId};
use crate::value::{List, Map, Text, Traced, Value};
use decode::Options;
use emit::Dialect;
use parse::Parser;
use scan::Scanner;

/// A longer text is not read.
pub const MAX_BYTES: usize = 64 << 20;

/// All documents of a text, as nodes.
pub fn parse(text: &[u8]) -> Result<Vec<Document>, Error> {
    let (documents, error) = parse_partly(text);
    match error {
        Some(error) => Err(error),
        None => Ok(documents),
    }
}

/// The documents before the first error, and the error.
pub fn parse_partly(text: &[u8]) -> (Vec<Document>, Option<Error>) {
    if let Err(error) = check_size(text) {
        return (Vec::new(), Some(error));
    }
    let input = input::read(text);
    let source: Rc<str> = Rc::from(&*input.text);
    let mut parser = Parser::new(Scanner::with_comments(&input));
    let mut trees = Vec::new();
    let error = loop {
        match parser.document() {
            Ok(Some(tree)) => trees.push(tree),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    let comments: Rc<[Comment]> = parser.scanner.comments.unwrap_or_default().into();
    let document = |(tree, span)| Document { span, source: Rc::clone(&source), tree, comments: Rc::clone(&comments) };
    (trees.into_iter().map(document).collect(), error)
}

/// sigs.k8s.io/yaml's `Unmarshal` into an `interface {}`: the first document, keys as strings, numbers as `float64`.
pub fn decode(text: &[u8]) -> Result<Value, Error> {
    Ok(decode_with(text, Duplicates::Allowed, Numbers::Float, &mut |_| ReadsId::NONE)?.value)
}

/// [`decode`] with its choices. `slot` gives the reads of each item and entry, given the bytes of its value.
pub fn decode_with(
    text: &[u8],
    duplicates: Duplicates,
    numbers: Numbers,
    slot: &mut dyn FnMut(Range<usize>) -> ReadsId,
) -> Result<Traced, Error> {
    check_size(text)?;
    let input = input::read(text);
    let mut parser = Parser::new(Scanner::new(&input));
    let tree = parser.document().map_err(converting)?;
    let Some((tree, _)) = tree else { return Ok(Traced::default()) };
    decode::decode(&tree, &input.text, Options { duplicates, numbers }, slot).map_err(converting)
}

/// The value of a document that was parsed before.
pub fn decode_document(
    document: &Document,
    duplicates: Duplicates,
    numbers: Numbers,
    slot: &mut dyn FnMut(Range<usize>) -> ReadsId,
) -> Result<Traced, Error> {
    decode::decode(&document.tree, &document.source, Options { duplicates, numbers }, slot).map_err(converting)
}

/// `Unmarshal` into a `map[string]interface {}`: an empty document is an empty map, anything else than a map an error.
pub fn expect_map(value: Value) -> Result<Map, Error> {
    match value {
        Value::Map(map) => Ok(map),
        Value::Nil => Ok(Map::new()),
        other => Err(wrong_type(&other, "map[string]interface {}")),
    }
}

/// `Unmarshal` into a `[]interface {}`: an empty document is an empty list, anything else than a list an error.
pub fn expect_list(value: Value) -> Result<List, Error> {
    match value {
        Value::List(list) => Ok(list),
        Value::Nil => Ok(List::new(Vec::new())),
        other => Err(wrong_type(&other, "[]interface {}")),
    }
}

/// A part of a value that is being written, with the reads of its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key of an entry, or what holds a collection together: nothing of its content.
    Key(ReadsId),
    /// A scalar, or an empty collection.
    Value(ReadsId),
}

/// sigs.k8s.io/yaml's `Marshal`, as `toYaml` uses it (which takes the last line end off). Scalars and keys come from
/// the origin that `leaf` gives for them, everything else from that of the collection's slot; no
/// runs are kept where it gives [`OriginId::UNKNOWN`]. The error is Go's sentence.
pub fn encode(value: &Traced, leaf: &mut dyn FnMut(Part) -> OriginId) -> Result<Text, String> {
    encode::encode(value, Dialect::Sigs, leaf)
}

/// go-yaml v3's encoder with an indentation of two, as `toYamlPretty` uses it.
pub fn encode_pretty(value: &Traced, leaf: &mut dyn FnMut(Part) -> OriginId) -> Result<Text, String> {
    encode::encode(value, Dialect::Pretty, leaf)
}

fn wrong_type(value: &Value, wanted: &'static str) -> Error {
    let is = match value {
        Value::Nil => "null",
        Value::Bool(_) => "bool",
        Value::Int(..) | Value::Uint(..) | Value::Float(_) | Value::Complex(..) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) | Value::Object(_) => "object",
    };
    Error::at(ErrorKind::WrongType(is, wanted), 0..0).in_stage(Stage::Unmarshaling)
}

fn converting(error: Error) -> Error {
    if error.stage == Stage::Yaml { error.in_stage(Stage::Converting) } else { error }
}

fn check_size(text: &[u8]) -> Result<(), Error> {
    if text.len() > MAX_BYTES {
        return Err(Error::at(ErrorKind::Size(MAX_BYTES), MAX_BYTES..MAX_BYTES));
    }
    Ok(())
}
