//! A document as a tree of nodes with their places and comments. The nodes lie in one list and name each other by
//! number, so that a deep document needs no deep stack.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::resolve::{self, Scalar};
use super::token::{Chunk, ScalarStyle};
use crate::source::Step;

/// A node, by its number in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(u32);

/// Whether a collection is written with indentation or with brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionStyle {
    /// Indented lines.
    Block,
    /// `[…]` or `{…}`
    Flow,
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its bytes, tag and anchor included.
    pub span: Range<usize>,
    /// The line it begins in, from 0.
    pub line: u32,
    /// Its tag in full (`tag:yaml.org,2002:str`), where it has one.
    pub tag: Option<Box<str>>,
    /// Its anchor.
    pub anchor: Option<Box<str>>,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A scalar; its text is asked for by [`Document::text`].
    Scalar(ScalarNode),
    /// A sequence.
    Sequence(Vec<NodeId>, CollectionStyle),
    /// A mapping: keys with their values.
    Mapping(Vec<(NodeId, NodeId)>, CollectionStyle),
    /// An alias, and the node it stands for.
    Alias(NodeId),
}

/// A scalar.
#[derive(Clone, Debug)]
pub struct ScalarNode {
    pub(super) text: Chunk,
    /// How it is written.
    pub style: ScalarStyle,
    /// Whether what it means follows from its text (plain, or with the tag `!`).
    pub(super) implicit: bool,
}

/// A comment, `#` included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes.
    pub span: Range<usize>,
    /// Its line, from 0.
    pub line: u32,
    /// Whether nothing else stands in its line.
    pub own_line: bool,
}

/// The nodes of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// In pieces of one size: a list that grows is copied again and again, and leaves memory behind each time.
    pieces: Vec<Vec<Node>>,
    pub(super) root: Option<NodeId>,
    pub(super) anchors: BTreeMap<Box<str>, NodeId>,
}

/// Nodes in a piece of a tree.
const PIECE: usize = 64;

impl Tree {
    /// An empty tree with room for what a text of so many bytes mostly holds.
    pub(super) fn for_text(bytes: usize) -> Self {
        const BYTES_PER_NODE: usize = 32;
        Self { pieces: vec![Vec::with_capacity((bytes / BYTES_PER_NODE).min(PIECE))], ..Self::default() }
    }

    pub(super) fn push(&mut self, node: Node) -> NodeId {
        if self.pieces.last().is_none_or(|piece| piece.len() >= PIECE) {
            self.pieces.push(Vec::with_capacity(PIECE));
        }
        let whole = self.pieces.len().saturating_sub(1) * PIECE;
        let last = self.pieces.last_mut();
        let place = last.map_or(0, |piece| {
            piece.push(node);
            piece.len() - 1
        });
        NodeId(u32::try_from(whole + place).unwrap_or(u32::MAX))
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.pieces.iter().flatten()
    }

    pub(super) fn get(&self, id: NodeId) -> Option<&Node> {
        self.pieces.get(id.0 as usize / PIECE)?.get(id.0 as usize % PIECE)
    }

    pub(super) fn get_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.pieces.get_mut(id.0 as usize / PIECE)?.get_mut(id.0 as usize % PIECE)
    }

    /// The node itself, or what it is an alias of.
    pub(super) fn resolved(&self, id: NodeId) -> Option<(NodeId, &Node)> {
        let node = self.get(id)?;
        match node.kind {
            NodeKind::Alias(target) => self.get(target).map(|node| (target, node)),
            _ => Some((id, node)),
        }
    }

    /// Whether it is the key `<<`.
    pub(super) fn is_merge(&self, id: NodeId, source: &str) -> bool {
        let Some(node) = self.get(id) else { return false };
        let NodeKind::Scalar(scalar) = &node.kind else { return false };
        scalar.text(source) == "<<" && (scalar.implicit || node.tag.as_deref() == Some(resolve::MERGE))
    }
}

impl ScalarNode {
    pub(super) fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.text {
            Chunk::Source(range) => source.get(range.clone()).unwrap_or_default(),
            Chunk::Made(text) => text,
        }
    }
}

/// A document with its source.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its bytes in the source, markers and directives included.
    pub span: Range<usize>,
    pub(super) source: Rc<str>,
    pub(super) tree: Tree,
    pub(super) comments: Rc<[Comment]>,
}

/// A place in a document, found by a path.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The key, where the last step went into a mapping.
    pub key: Option<&'a Node>,
    /// The value; never an alias, unless of itself.
    pub value: &'a Node,
}

impl Document {
    /// The root. `None` where the document is empty.
    pub fn root(&self) -> Option<&Node> {
        self.tree.get(self.tree.root?)
    }

    /// The node of this number.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.tree.get(id)
    }

    /// The text of a scalar: unquoted, unfolded. Empty for other nodes.
    pub fn text<'a>(&'a self, node: &'a Node) -> &'a str {
        match &node.kind {
            NodeKind::Scalar(scalar) => scalar.text(&self.source),
            _ => "",
        }
    }

    /// The node at a path, through aliases and merges, as decoding would find it.
    pub fn at(&self, path: &[Step]) -> Option<&Node> {
        Some(self.place(path)?.value)
    }

    /// Key and value at a path.
    pub fn place(&self, path: &[Step]) -> Option<Place<'_>> {
        let root = self.tree.root?;
        let mut found = (None, root);
        for step in path {
            let (_, node) = self.tree.resolved(found.1)?;
            found = match (step, &node.kind) {
                (Step::Key(name), NodeKind::Mapping(entries, _)) => self.entry(entries, name, 0)?,
                (Step::Index(index), NodeKind::Sequence(items, _)) => (None, *items.get(*index as usize)?),
                _ => return None,
            };
        }
        let key = found.0.and_then(|key| self.tree.get(key));
        Some(Place { key, value: self.tree.resolved(found.1)?.1 })
    }

    /// The path of the innermost entry or item that holds a byte, or stands in the line before it.
    pub fn path_at(&self, byte: usize) -> Vec<Step> {
        let mut path = Vec::new();
        let mut at = self.tree.root;
        while let Some(node) = at.and_then(|id| self.tree.get(id)) {
            let begins = |id: &NodeId| self.tree.get(*id).is_some_and(|node| node.span.start <= byte);
            at = match &node.kind {
                NodeKind::Mapping(entries, _) => {
                    let entry = entries.iter().rev().find(|(key, _)| begins(key));
                    let named = entry.and_then(|(key, value)| Some((Step::Key(self.key_name(*key)?.into()), *value)));
                    named.map(|(step, value)| {
                        path.push(step);
                        value
                    })
                }
                NodeKind::Sequence(items, _) => items.iter().rposition(begins).and_then(|index| {
                    path.push(Step::Index(u32::try_from(index).unwrap_or(u32::MAX)));
                    items.get(index).copied()
                }),
                _ => None,
            };
        }
        path
    }

    /// The entry of a key: the last one counts, merged ones included.
    fn entry(&self, entries: &[(NodeId, NodeId)], name: &str, depth: usize) -> Option<(Option<NodeId>, NodeId)> {
        const DEEPEST: usize = 32;
        entries.iter().rev().find_map(|&(key, value)| {
            if self.tree.is_merge(key, &self.source) {
                return if depth < DEEPEST { self.merged(value, name, depth) } else { None };
            }
            (self.key_text(key)? == name).then_some((Some(key), value))
        })
    }

    fn merged(&self, value: NodeId, name: &str, depth: usize) -> Option<(Option<NodeId>, NodeId)> {
        match &self.tree.resolved(value)?.1.kind {
            NodeKind::Mapping(entries, _) => self.entry(entries, name, depth + 1),
            NodeKind::Sequence(items, _) => items.iter().find_map(|&item| match &self.tree.resolved(item)?.1.kind {
                NodeKind::Mapping(entries, _) => self.entry(entries, name, depth + 1),
                _ => None,
            }),
            _ => None,
        }
    }

    /// The key as it is called in the decoded map.
    pub fn key_name(&self, key: NodeId) -> Option<String> {
        self.key_text(key).map(Cow::into_owned)
    }

    /// The same, copied only where it is called otherwise than it is written.
    pub(super) fn key_text(&self, key: NodeId) -> Option<Cow<'_, str>> {
        let (_, node) = self.tree.resolved(key)?;
        let NodeKind::Scalar(scalar) = &node.kind else { return None };
        let text = scalar.text(&self.source);
        match resolve::scalar(node.tag.as_deref(), scalar.implicit, text).ok()? {
            Scalar::Null => None,
            value => Some(value.to_key(text)),
        }
    }

    /// The text of a comment, `#` included.
    pub fn comment_text(&self, comment: &Comment) -> &str {
        self.source.get(comment.span.clone()).unwrap_or_default()
    }

    /// The comments in the lines right above the line in which the node begins, without an empty line between.
    pub fn comments_above(&self, node: &Node) -> &[Comment] {
        let end = self.comments.partition_point(|comment| comment.line < node.line);
        let before = self.comments.get(..end).unwrap_or_default();
        let lines = (0..node.line).rev();
        let adjacent =
            before.iter().rev().zip(lines).take_while(|(comment, line)| comment.own_line && comment.line == *line);
        before.get(end - adjacent.count()..).unwrap_or_default()
    }

    /// The comment in the line in which the node begins, to its right.
    pub fn comment_right(&self, node: &Node) -> Option<&Comment> {
        let first = self.comments.partition_point(|comment| comment.line < node.line);
        self.comments.get(first).filter(|comment| comment.line == node.line && !comment.own_line)
    }

    /// All comments of the text, those of its other documents included, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }
}
