//! The emitter: where the spaces and line ends go. It keeps the few flags that libyaml keeps, for the places where
//! lines break follow from them.

use super::emit_scalar::{Analysis, Style};
use crate::source::OriginId;
use crate::value::{Text, TextBuilder};

/// Whose way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// go-yaml v2 behind sigs.k8s.io/yaml: `toYaml`.
    Sigs,
    /// go-yaml v3 with an indentation of two: `toYamlPretty`.
    Pretty,
}

/// Spaces per level.
const INDENT: usize = 2;

/// Column after which go-yaml v2 breaks lines.
const WIDTH: usize = 80;

/// A longer key gets a `?`.
const LONGEST_KEY: usize = 128;

/// Indentation is written in pieces of this.
const SPACES: &str = "                                                                ";

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// The document's own node, or an item of a sequence.
    Free,
    /// Behind `:` or `?`.
    InMapping,
    /// A key without `?`.
    SimpleKey,
}

/// The emitter. Whoever drives it says what comes next.
pub(super) struct Emitter {
    out: TextBuilder,
    /// Who is the origin of what is written next.
    pub(super) origin: OriginId,
    pub(super) dialect: Dialect,
    pub(super) column: usize,
    pub(super) width: usize,
    indents: Vec<usize>,
    indent: Option<usize>,
    /// Whether the last thing written was white space.
    pub(super) whitespace: bool,
    /// Whether the line holds nothing but indentation and the signs of collections.
    pub(super) indention: bool,
}

impl Emitter {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            out: TextBuilder::new(),
            origin: OriginId::UNKNOWN,
            dialect,
            column: 0,
            width: if dialect == Dialect::Sigs { WIDTH } else { usize::MAX },
            indents: Vec::new(),
            indent: None,
            whitespace: true,
            indention: true,
        }
    }

    /// Bytes written.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// The text, which ends with a line end.
    pub(super) fn finish(mut self) -> Text {
        self.write_indent();
        self.out.finish()
    }

    // Collections.

    /// `[]` or `{}`, which comes from `origin`.
    pub(super) fn empty_collection(&mut self, signs: &str, origin: OriginId) {
        if !self.whitespace {
            self.put(" ");
            self.whitespace = true;
        }
        let around = std::mem::replace(&mut self.origin, origin);
        self.indicator(signs, Space::Before, Flow::Inline);
        self.origin = around;
    }

    pub(super) fn begin_sequence(&mut self, position: Position) {
        let aligned = self.dialect == Dialect::Sigs && position == Position::InMapping && !self.indention;
        if aligned { self.indents.push(self.indent.unwrap_or(0)) } else { self.increase_indent(0) }
    }

    pub(super) fn begin_mapping(&mut self) {
        self.increase_indent(0);
    }

    pub(super) fn end_collection(&mut self) {
        self.decrease_indent();
    }

    pub(super) fn begin_item(&mut self) {
        self.write_indent();
        self.indicator("-", Space::Before, Flow::Indentation);
    }

    /// A key with the signs around it; the key itself comes from `origin`.
    pub(super) fn key(&mut self, key: &Scalar<'_>, origin: OriginId) {
        self.write_indent();
        let analysis = Analysis::of(key.text.as_bytes(), self.dialect);
        if !analysis.multiline && key.text.len() + key.tag.len() <= LONGEST_KEY {
            self.scalar_with(key, analysis, Position::SimpleKey, origin);
            self.indicator(":", Space::None, Flow::Inline);
        } else {
            self.indicator("?", Space::Before, Flow::Indentation);
            self.scalar_with(key, analysis, Position::InMapping, origin);
            self.write_indent();
            self.indicator(":", Space::Before, Flow::Indentation);
        }
    }

    /// A scalar that comes from `origin`; the space before it doesn't.
    pub(super) fn scalar(&mut self, scalar: &Scalar<'_>, position: Position, origin: OriginId) {
        let analysis = Analysis::of(scalar.text.as_bytes(), self.dialect);
        self.scalar_with(scalar, analysis, position, origin);
    }

    fn scalar_with(&mut self, scalar: &Scalar<'_>, analysis: Analysis, position: Position, origin: OriginId) {
        if !self.whitespace {
            self.put(" ");
            self.whitespace = true;
        }
        let around = std::mem::replace(&mut self.origin, origin);
        if !scalar.tag.is_empty() {
            self.indicator(scalar.tag, Space::Before, Flow::Inline);
        }
        let style = analysis.style(scalar.style, position == Position::SimpleKey);
        self.increase_indent(INDENT);
        self.write_scalar(scalar.text, style, position != Position::SimpleKey);
        self.decrease_indent();
        self.origin = around;
    }

    // Indentation.

    fn increase_indent(&mut self, first: usize) {
        // The first level of collections has no indentation. `usize::MAX` stands for "none yet" on the stack.
        self.indents.push(self.indent.unwrap_or(usize::MAX));
        self.indent = Some(self.indent.map_or(first, |indent| indent + INDENT));
    }

    fn decrease_indent(&mut self) {
        self.indent = self.indents.pop().filter(|&indent| indent != usize::MAX);
    }

    pub(super) fn write_indent(&mut self) {
        let indent = self.indent.unwrap_or(0);
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break("\n");
        }
        let missing = indent.saturating_sub(self.column);
        let mut left = missing;
        while left > 0 {
            let some = left.min(SPACES.len());
            self.put(SPACES.get(..some).unwrap_or_default());
            left -= some;
        }
        self.whitespace = true;
        self.indention = true;
    }

    // Characters.

    fn indicator(&mut self, signs: &str, space: Space, flow: Flow) {
        if space == Space::Before && !self.whitespace {
            self.put(" ");
        }
        self.put(signs);
        self.whitespace = false;
        self.indention &= flow == Flow::Indentation;
    }

    /// A sign that belongs to a scalar.
    pub(super) fn sign(&mut self, sign: &str, space: Space) {
        self.indicator(sign, space, Flow::Inline);
    }

    /// Text without line ends.
    pub(super) fn put(&mut self, text: &str) {
        self.out.push(text.as_bytes(), self.origin);
        self.column += text.chars().count();
    }

    /// A line end.
    pub(super) fn put_break(&mut self, line_end: &str) {
        self.out.push(line_end.as_bytes(), self.origin);
        self.column = 0;
        if self.dialect == Dialect::Pretty {
            self.indention = true;
        }
    }
}

/// Whether a sign needs a space before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Before,
    None,
}

/// Whether a sign counts as indentation of what follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Indentation,
    Inline,
}

/// A scalar to be written.
#[derive(Clone, Copy)]
pub(super) struct Scalar<'a> {
    pub(super) text: &'a str,
    pub(super) tag: &'static str,
    /// The style that is wanted; what the text allows may be another.
    pub(super) style: Style,
}
