//! The parser: tokens → nodes, along the grammar of YAML 1.1. It keeps its own stack, so that nesting costs no stack
//! of ours, and asks for tokens as late as libyaml does, so that the same error comes first.

use std::ops::Range;

use super::error::{Error, ErrorKind, Problem};
use super::node::{CollectionStyle, Node, NodeId, NodeKind, ScalarNode, Tree};
use super::scan::Scanner;
use super::token::{Chunk, Mark, ScalarStyle, Token, TokenKind};

/// What is expected next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceEntry { first: bool },
    PairKey,
    PairValue,
    PairEnd,
    FlowMappingKey { first: bool },
    FlowMappingValue,
    FlowMappingEmptyValue,
}

/// Where a node may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Block,
    BlockOrIndentless,
    Flow,
}

/// A collection that is being filled.
struct Open {
    node: NodeId,
    key: Option<NodeId>,
}

/// Anchor and tag before a node.
#[derive(Default)]
struct Properties {
    anchor: Option<Box<str>>,
    tag: Option<Box<str>>,
}

/// The parser over a scanner. [`Parser::document`] gives one document after the other.
pub(super) struct Parser<'a> {
    pub(super) scanner: Scanner<'a>,
    states: Vec<State>,
    marks: Vec<Mark>,
    open: Vec<Open>,
    tree: Tree,
    tags: Vec<(String, String)>,
    first: bool,
    ended: bool,
}

/// What tokens look like to the parser.
type Kind = std::mem::Discriminant<TokenKind>;

impl<'a> Parser<'a> {
    pub(super) fn new(scanner: Scanner<'a>) -> Self {
        let tree = Tree::for_text(scanner.rest().len());
        Self {
            scanner,
            states: Vec::new(),
            marks: Vec::new(),
            open: Vec::new(),
            tree,
            tags: Vec::new(),
            first: true,
            ended: false,
        }
    }

    /// The next document and its bytes; `None` at the end.
    pub(super) fn document(&mut self) -> Result<Option<(Tree, Range<usize>)>, Error> {
        let Some(start) = self.document_start()? else { return Ok(None) };
        while let Some(state) = self.states.pop() {
            self.step(state)?;
        }
        let token = self.scanner.peek()?;
        let mut end = token.start.offset;
        if token.kind == TokenKind::DocumentEnd {
            end = token.end.offset;
            self.scanner.take();
        }
        self.tags.clear();
        Ok(Some((std::mem::take(&mut self.tree), start..end.max(start))))
    }

    /// Goes into a document and reads its root, or the beginning of it. Returns where it begins.
    fn document_start(&mut self) -> Result<Option<usize>, Error> {
        if self.ended {
            return Ok(None);
        }
        let implicit_allowed = std::mem::take(&mut self.first);
        while !implicit_allowed && self.scanner.peek()?.kind == TokenKind::DocumentEnd {
            self.scanner.take();
        }
        let token = self.scanner.peek()?;
        let start = token.start;
        match &token.kind {
            TokenKind::StreamEnd => {
                self.ended = true;
                return Ok(None);
            }
            TokenKind::VersionDirective { .. } | TokenKind::TagDirective { .. } | TokenKind::DocumentStart => {}
            _ if implicit_allowed => {
                self.directives()?;
                self.node(Context::Block)?;
                return Ok(Some(start.offset));
            }
            _ => {}
        }
        self.directives()?;
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::DocumentStart {
            return Err(problem(token, Problem::DocumentStart, None));
        }
        self.scanner.take();
        let token = self.scanner.peek()?;
        match &token.kind {
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                let at = token.start;
                self.empty(at);
            }
            _ => self.node(Context::Block)?,
        }
        Ok(Some(start.offset))
    }

    fn directives(&mut self) -> Result<(), Error> {
        let mut version = false;
        loop {
            let token = self.scanner.peek()?;
            match &token.kind {
                TokenKind::VersionDirective { .. } if version => {
                    return Err(problem(token, Problem::DuplicateYamlDirective, None));
                }
                TokenKind::VersionDirective { major: 1, minor: 1 } => version = true,
                TokenKind::VersionDirective { .. } => {
                    return Err(problem(token, Problem::IncompatibleDocument, None));
                }
                TokenKind::TagDirective { handle, prefix } => {
                    if self.tags.iter().any(|(known, _)| known == handle) {
                        return Err(problem(token, Problem::DuplicateTagDirective, None));
                    }
                    self.tags.push((handle.clone(), prefix.clone()));
                }
                _ => break,
            }
            self.scanner.take();
        }
        for (handle, prefix) in [("!", "!"), ("!!", super::resolve::PREFIX)] {
            if !self.tags.iter().any(|(known, _)| known == handle) {
                self.tags.push((handle.to_owned(), prefix.to_owned()));
            }
        }
        Ok(())
    }

    fn step(&mut self, state: State) -> Result<(), Error> {
        match state {
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceEntry { first } => self.flow_sequence_entry(first),
            State::PairKey => self.pair_key(),
            State::PairValue => self.pair_value(),
            State::PairEnd => self.pair_end(),
            State::FlowMappingKey { first } => self.flow_mapping_key(first),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingEmptyValue => {
                let at = self.scanner.peek()?.start;
                self.states.push(State::FlowMappingKey { first: false });
                self.empty(at);
                Ok(())
            }
        }
    }

    // Nodes.

    /// A node, or the beginning of a collection.
    fn node(&mut self, context: Context) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        let start = token.start;
        if let TokenKind::Alias(name) = &token.kind {
            let (name, end) = (name.clone(), token.end);
            self.scanner.take();
            return self.alias(name, start, end);
        }
        let (properties, end) = self.properties(start)?;
        let token = self.scanner.peek()?;
        let collection = match &token.kind {
            TokenKind::BlockEntry if context == Context::BlockOrIndentless => State::IndentlessSequenceEntry,
            TokenKind::Scalar(..) => {
                let scalar = self.scanner.take();
                self.scalar(scalar, properties, start);
                return Ok(());
            }
            TokenKind::FlowSequenceStart => State::FlowSequenceEntry { first: true },
            TokenKind::FlowMappingStart => State::FlowMappingKey { first: true },
            TokenKind::BlockSequenceStart if context != Context::Flow => State::BlockSequenceEntry,
            TokenKind::BlockMappingStart if context != Context::Flow => State::BlockMappingKey,
            _ if properties.anchor.is_some() || properties.tag.is_some() => {
                let implicit = properties.tag.is_none();
                self.plain(Chunk::Source(end.offset..end.offset), implicit, properties, start, end);
                return Ok(());
            }
            _ => return Err(problem(token, Problem::NodeContent, Some(start))),
        };
        self.collection(collection, properties, start);
        Ok(())
    }

    /// Anchor and tag, in either order, and where they end.
    fn properties(&mut self, start: Mark) -> Result<(Properties, Mark), Error> {
        let mut properties = Properties::default();
        let mut end = start;
        let mut tag = None;
        loop {
            let token = self.scanner.peek()?;
            match &token.kind {
                TokenKind::Anchor(_) if properties.anchor.is_none() => {}
                TokenKind::Tag { .. } if tag.is_none() => {}
                _ => break,
            }
            end = token.end;
            match self.scanner.take() {
                Some(Token { kind: TokenKind::Anchor(name), .. }) => {
                    properties.anchor = Some(self.scanner.slice(name).into());
                }
                token => tag = token,
            }
        }
        properties.tag = tag.map(|tag| self.resolve_tag(&tag, start)).transpose()?.flatten();
        Ok((properties, end))
    }

    /// A tag in full.
    fn resolve_tag(&self, token: &Token, start: Mark) -> Result<Option<Box<str>>, Error> {
        let TokenKind::Tag { handle, suffix } = &token.kind else { return Ok(None) };
        let tag = if handle.is_empty() {
            suffix.clone()
        } else {
            match self.tags.iter().find(|(known, _)| known == handle) {
                Some((_, prefix)) => format!("{prefix}{suffix}"),
                None => return Err(problem(token, Problem::TagHandle, Some(start))),
            }
        };
        Ok((!tag.is_empty()).then(|| tag.into()))
    }

    fn alias(&mut self, name: Range<usize>, start: Mark, end: Mark) -> Result<(), Error> {
        let name = self.scanner.slice(name);
        let span = start.offset..end.offset;
        let Some(&target) = self.tree.anchors.get(name) else {
            return Err(Error::at(ErrorKind::UnknownAnchor(name.to_owned()), span));
        };
        let anchor = Some(name.into());
        let kind = NodeKind::Alias(target);
        self.add(Node { span, line: start.line, tag: None, anchor, kind });
        Ok(())
    }

    fn scalar(&mut self, token: Option<Token>, properties: Properties, start: Mark) {
        let Some(Token { kind: TokenKind::Scalar(text, style), end, .. }) = token else { return };
        let implicit = match properties.tag.as_deref() {
            None => style == ScalarStyle::Plain,
            Some(tag) => tag == "!",
        };
        let kind = NodeKind::Scalar(ScalarNode { text, style, implicit });
        self.anchored(kind, properties, start, end);
    }

    fn plain(&mut self, text: Chunk, implicit: bool, properties: Properties, start: Mark, end: Mark) {
        let kind = NodeKind::Scalar(ScalarNode { text, style: ScalarStyle::Plain, implicit });
        self.anchored(kind, properties, start, end);
    }

    /// An empty scalar where a node was left out.
    fn empty(&mut self, at: Mark) {
        self.plain(Chunk::Source(at.offset..at.offset), true, Properties::default(), at, at);
    }

    fn collection(&mut self, state: State, properties: Properties, start: Mark) {
        let kind = match state {
            State::IndentlessSequenceEntry | State::BlockSequenceEntry => {
                NodeKind::Sequence(Vec::new(), CollectionStyle::Block)
            }
            State::FlowSequenceEntry { .. } => NodeKind::Sequence(Vec::new(), CollectionStyle::Flow),
            State::BlockMappingKey => NodeKind::Mapping(Vec::new(), CollectionStyle::Block),
            _ => NodeKind::Mapping(Vec::new(), CollectionStyle::Flow),
        };
        let node = self.anchored(kind, properties, start, start);
        self.open.push(Open { node, key: None });
        // The token that opened it is taken with its place, for the words about an error inside.
        if state != State::IndentlessSequenceEntry
            && state != State::PairKey
            && let Some(token) = self.scanner.take()
        {
            self.marks.push(token.start);
        }
        self.states.push(state);
    }

    fn anchored(&mut self, kind: NodeKind, properties: Properties, start: Mark, end: Mark) -> NodeId {
        let Properties { anchor, tag } = properties;
        let name = anchor.clone();
        let id = self.add(Node { span: start.offset..end.offset, line: start.line, tag, anchor, kind });
        if let Some(name) = name {
            self.tree.anchors.insert(name, id);
        }
        id
    }

    /// Adds a node to the collection that is being filled.
    fn add(&mut self, node: Node) -> NodeId {
        let end = node.span.end;
        let id = self.tree.push(node);
        let Some(open) = self.open.last_mut() else {
            self.tree.root = Some(id);
            return id;
        };
        let Some(parent) = self.tree.get_mut(open.node) else { return id };
        parent.span.end = parent.span.end.max(end);
        match &mut parent.kind {
            NodeKind::Sequence(items, _) => items.push(id),
            NodeKind::Mapping(entries, _) => match open.key.take() {
                Some(key) => entries.push((key, id)),
                None => open.key = Some(id),
            },
            _ => {}
        }
        id
    }

    /// Ends the collection that is being filled; `end` is where its bracket ends.
    fn close(&mut self, end: Option<Mark>) {
        let Some(open) = self.open.pop() else { return };
        let Some(node) = self.tree.get_mut(open.node) else { return };
        if let Some(end) = end {
            node.span.end = end.offset;
        }
        let end = node.span.end;
        if let Some(parent) = self.open.last().and_then(|open| self.tree.get_mut(open.node)) {
            parent.span.end = parent.span.end.max(end);
        }
    }

    // Block collections.

    fn block_sequence_entry(&mut self) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        match &token.kind {
            TokenKind::BlockEntry => {
                let end = token.end;
                self.scanner.take();
                let ends = [TokenKind::BlockEntry, TokenKind::BlockEnd].map(|kind| kind_of(&kind));
                self.entry(State::BlockSequenceEntry, Context::Block, &ends, end)
            }
            TokenKind::BlockEnd => {
                self.block_end();
                Ok(())
            }
            _ => Err(problem(token, Problem::DashIndicator, self.marks.last().copied())),
        }
    }

    fn indentless_sequence_entry(&mut self) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            self.close(None);
            return Ok(());
        }
        let end = token.end;
        self.scanner.take();
        let ends = [TokenKind::BlockEntry, TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd];
        self.entry(State::IndentlessSequenceEntry, Context::Block, &ends.map(|kind| kind_of(&kind)), end)
    }

    fn block_mapping_key(&mut self) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        match &token.kind {
            TokenKind::Key => {
                let end = token.end;
                self.scanner.take();
                let ends = [TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd].map(|kind| kind_of(&kind));
                self.entry(State::BlockMappingValue, Context::BlockOrIndentless, &ends, end)
            }
            TokenKind::BlockEnd => {
                self.block_end();
                Ok(())
            }
            _ => Err(problem(token, Problem::Key, self.marks.last().copied())),
        }
    }

    fn block_mapping_value(&mut self) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            let end = token.end;
            self.scanner.take();
            let ends = [TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd].map(|kind| kind_of(&kind));
            return self.entry(State::BlockMappingKey, Context::BlockOrIndentless, &ends, end);
        }
        let at = token.start;
        self.states.push(State::BlockMappingKey);
        self.empty(at);
        Ok(())
    }

    /// The node after an indicator that ended at `after`; an empty one where one of `ends` follows.
    fn entry(&mut self, then: State, context: Context, ends: &[Kind], after: Mark) -> Result<(), Error> {
        self.states.push(then);
        let next = kind_of(&self.scanner.peek()?.kind);
        if ends.contains(&next) {
            self.empty(after);
            return Ok(());
        }
        self.node(context)
    }

    fn block_end(&mut self) {
        self.scanner.take();
        self.marks.pop();
        self.close(None);
    }

    // Flow collections.

    fn flow_sequence_entry(&mut self, first: bool) -> Result<(), Error> {
        if !first && self.scanner.peek()?.kind != TokenKind::FlowSequenceEnd {
            self.comma(Problem::CommaOrBracket)?;
        }
        let token = self.scanner.peek()?;
        match &token.kind {
            TokenKind::FlowSequenceEnd => {
                self.flow_end();
                Ok(())
            }
            TokenKind::Key => {
                let start = token.start;
                self.scanner.take();
                self.states.push(State::FlowSequenceEntry { first: false });
                self.collection(State::PairKey, Properties::default(), start);
                Ok(())
            }
            _ => {
                self.states.push(State::FlowSequenceEntry { first: false });
                self.node(Context::Flow)
            }
        }
    }

    fn pair_key(&mut self) -> Result<(), Error> {
        self.states.push(State::PairValue);
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                let end = token.end;
                // Go takes this token here, whatever it is.
                self.scanner.take();
                self.empty(end);
                Ok(())
            }
            _ => self.node(Context::Flow),
        }
    }

    fn pair_value(&mut self) -> Result<(), Error> {
        self.states.push(State::PairEnd);
        if self.scanner.peek()?.kind == TokenKind::Value {
            self.scanner.take();
            let token = self.scanner.peek()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                return self.node(Context::Flow);
            }
        }
        let at = self.scanner.peek()?.start;
        self.empty(at);
        Ok(())
    }

    fn pair_end(&mut self) -> Result<(), Error> {
        self.scanner.peek()?;
        self.close(None);
        Ok(())
    }

    fn flow_mapping_key(&mut self, first: bool) -> Result<(), Error> {
        if !first && self.scanner.peek()?.kind != TokenKind::FlowMappingEnd {
            self.comma(Problem::CommaOrBrace)?;
        }
        match &self.scanner.peek()?.kind {
            TokenKind::FlowMappingEnd => {
                self.flow_end();
                Ok(())
            }
            TokenKind::Key => {
                self.scanner.take();
                self.states.push(State::FlowMappingValue);
                let token = self.scanner.peek()?;
                match token.kind {
                    TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => {
                        let at = token.start;
                        self.empty(at);
                        Ok(())
                    }
                    _ => self.node(Context::Flow),
                }
            }
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                self.node(Context::Flow)
            }
        }
    }

    fn flow_mapping_value(&mut self) -> Result<(), Error> {
        self.states.push(State::FlowMappingKey { first: false });
        if self.scanner.peek()?.kind == TokenKind::Value {
            self.scanner.take();
            let token = self.scanner.peek()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                return self.node(Context::Flow);
            }
        }
        let at = self.scanner.peek()?.start;
        self.empty(at);
        Ok(())
    }

    fn comma(&mut self, expected: Problem) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowEntry {
            return Err(problem(token, expected, self.marks.last().copied()));
        }
        self.scanner.take();
        Ok(())
    }

    fn flow_end(&mut self) {
        let end = self.scanner.take().map(|token| token.end);
        self.marks.pop();
        self.close(end);
    }
}

fn kind_of(kind: &TokenKind) -> Kind {
    std::mem::discriminant(kind)
}

/// An error at a token. Go names the line before it, or the one before the construct's beginning.
fn problem(token: &Token, problem: Problem, construct: Option<Mark>) -> Error {
    let line = if token.start.line != 0 { token.start.line } else { construct.map_or(0, |mark| mark.line) };
    let line = (line != 0).then_some(line);
    let span = token.start.offset..token.end.offset;
    Error { line, construct: construct.map(|mark| mark.offset), ..Error::at(ErrorKind::Syntax(problem), span) }
}
