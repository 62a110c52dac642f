//! Go's `%#v` of what go-yaml makes of a node, which some of its errors quote.

use std::collections::BTreeMap;

use super::node::{NodeId, NodeKind, Tree};
use super::number;
use super::resolve::{self, Scalar};
use crate::value::format::quoted;
use crate::value::format::{FloatForm, format_float};

/// Deeper and longer than this nobody reads; Go would go on.
const DEEPEST: usize = 100;
const LONGEST: usize = 1 << 16;

/// A node in Go's syntax.
pub(super) fn node(tree: &Tree, source: &str, id: NodeId) -> String {
    let mut text = String::new();
    Printer { tree, source }.print(&mut text, id, Nil::Bare, 0);
    text
}

/// How nil is written: alone, or inside of a collection.
#[derive(Clone, Copy)]
enum Nil {
    Bare,
    Typed,
}

struct Printer<'a> {
    tree: &'a Tree,
    source: &'a str,
}

/// How Go's fmt sorts the keys of a map. The order of the types is that of the types' addresses: nobody promises it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Nil,
    Text(String),
    Uint(u64),
    Int(i64),
    /// The bits of the number, arranged so that they sort as it does.
    Float(i64),
    Bool(bool),
}

impl Printer<'_> {
    fn print(&self, text: &mut String, id: NodeId, nil: Nil, depth: usize) {
        let Some((_, node)) = self.tree.resolved(id) else { return };
        if depth > DEEPEST || text.len() > LONGEST {
            text.push('…');
            return;
        }
        match &node.kind {
            NodeKind::Sequence(items, _) => {
                text.push_str("[]interface {}{");
                for (at, item) in items.iter().enumerate() {
                    text.push_str(if at > 0 { ", " } else { "" });
                    self.print(text, *item, Nil::Typed, depth + 1);
                }
                text.push('}');
            }
            NodeKind::Mapping(entries, _) => self.print_map(text, entries, depth),
            NodeKind::Scalar(_) | NodeKind::Alias(_) => text.push_str(&self.scalar(id, nil).0),
        }
    }

    fn print_map(&self, text: &mut String, entries: &[(NodeId, NodeId)], depth: usize) {
        let mut all = Vec::new();
        self.collect(entries, &mut all, depth);
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut sorted: Vec<(SortKey, String, NodeId)> = Vec::new();
        for (key, value) in all {
            let (name, sort) = self.scalar(key, Nil::Typed);
            if let Some(entry) = places.get(&name).and_then(|&at| sorted.get_mut(at)) {
                entry.2 = value;
            } else {
                places.insert(name.clone(), sorted.len());
                sorted.push((sort, name, value));
            }
        }
        sorted.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        text.push_str("map[interface {}]interface {}{");
        for (at, (_, name, value)) in sorted.iter().enumerate() {
            text.push_str(if at > 0 { ", " } else { "" });
            text.push_str(name);
            text.push(':');
            self.print(text, *value, Nil::Typed, depth + 1);
        }
        text.push('}');
    }

    /// The entries in the order in which they are set, merged ones included.
    fn collect(&self, entries: &[(NodeId, NodeId)], all: &mut Vec<(NodeId, NodeId)>, depth: usize) {
        for &(key, value) in entries {
            if !self.tree.is_merge(key, self.source) {
                all.push((key, value));
            } else if depth < DEEPEST && all.len() < LONGEST {
                match self.tree.resolved(value).map(|(_, node)| &node.kind) {
                    Some(NodeKind::Mapping(entries, _)) => self.collect(entries, all, depth + 1),
                    Some(NodeKind::Sequence(items, _)) => {
                        for &item in items.iter().rev() {
                            if let Some((_, node)) = self.tree.resolved(item)
                                && let NodeKind::Mapping(entries, _) = &node.kind
                            {
                                self.collect(entries, all, depth + 1);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn scalar(&self, id: NodeId, nil: Nil) -> (String, SortKey) {
        let Some((_, node)) = self.tree.resolved(id) else { return (String::new(), SortKey::Nil) };
        let NodeKind::Scalar(scalar) = &node.kind else { return (String::new(), SortKey::Nil) };
        let text = scalar.text(self.source);
        match resolve::scalar(node.tag.as_deref(), scalar.implicit, text) {
            Ok(value) => print_scalar(&value, text, nil),
            Err(_) => (String::new(), SortKey::Nil),
        }
    }
}

/// A scalar in Go's syntax. Used alone where a key is quoted.
pub(super) fn scalar(value: &Scalar, text: &str) -> String {
    print_scalar(value, text, Nil::Bare).0
}

fn print_scalar(value: &Scalar, text: &str, nil: Nil) -> (String, SortKey) {
    match value {
        Scalar::Null => match nil {
            Nil::Bare => ("<nil>".to_owned(), SortKey::Nil),
            Nil::Typed => ("interface {}(nil)".to_owned(), SortKey::Nil),
        },
        Scalar::Bool(b) => (b.to_string(), SortKey::Bool(*b)),
        Scalar::Int(n) => (n.to_string(), SortKey::Int(*n)),
        Scalar::Uint(n) => (format!("{n:#x}"), SortKey::Uint(*n)),
        Scalar::Float(n) => (format_float(*n, FloatForm::General, None), SortKey::Float(sortable(*n))),
        Scalar::Text | Scalar::Timestamp => (quoted(text.as_bytes()), SortKey::Text(text.to_owned())),
        Scalar::Binary(bytes) => {
            let text = number::valid_utf8(bytes);
            (quoted(text.as_bytes()), SortKey::Text(text))
        }
    }
}

/// The order of floats as a number; what is no number comes first.
fn sortable(n: f64) -> i64 {
    if n.is_nan() {
        return i64::MIN;
    }
    let bits = n.to_bits().cast_signed();
    bits ^ (((bits >> 63).cast_unsigned() >> 1).cast_signed())
}
