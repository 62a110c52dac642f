//! What is asked of a document as it is written: keys that stand twice, and what scalars mean.

use std::collections::BTreeMap;
use std::ops::Range;

use super::node::{Document, Node, NodeKind};
use super::resolve::{self, Scalar};
use crate::value::Value;

/// A key that a mapping has more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key, as it is called in the decoded map.
    pub name: String,
    /// Where it stands first, with its value.
    pub first: Range<usize>,
    /// The key where it stands again.
    pub again: Range<usize>,
}

impl Document {
    /// The keys that stand again in the same mapping, in the order of the text. Of keys that stand more than twice each
    /// further one is told. What `<<` merges in is no second key.
    pub fn duplicate_keys(&self) -> Vec<DuplicateKey> {
        let mut found = Vec::new();
        if !self.repeats_keys() {
            return found;
        }
        for node in self.tree.nodes() {
            let NodeKind::Mapping(entries, _) = &node.kind else { continue };
            let mut seen: BTreeMap<String, Range<usize>> = BTreeMap::new();
            for &(key, value) in entries.iter().filter(|(key, _)| !self.tree.is_merge(*key, &self.source)) {
                let (Some(name), Some(node), Some(value)) = (self.key_name(key), self.node(key), self.node(value))
                else {
                    continue;
                };
                if let Some(first) = seen.get(&name) {
                    found.push(DuplicateKey { name, first: first.clone(), again: node.span.clone() });
                } else {
                    seen.insert(name, node.span.start..value.span.end.max(node.span.end));
                }
            }
        }
        found.sort_by_key(|duplicate| duplicate.again.start);
        found
    }

    /// Whether there is a mapping with two keys of the same name: most documents have none, and need no closer look.
    pub fn repeats_keys(&self) -> bool {
        let mut names = Vec::new();
        self.tree.nodes().any(|node| {
            let NodeKind::Mapping(entries, _) = &node.kind else { return false };
            names.clear();
            names.extend(entries.iter().filter_map(|(key, _)| self.key_text(*key)));
            names.sort_unstable();
            names.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
        })
    }

    /// All scalars, keys among them, in no certain order.
    pub fn scalars(&self) -> impl Iterator<Item = &Node> {
        self.tree.nodes().filter(|node| matches!(node.kind, NodeKind::Scalar(_)))
    }

    /// Keys and their values, of all mappings, where both are scalars; in no certain order.
    pub fn fields(&self) -> impl Iterator<Item = (&Node, &Node)> {
        let entries = self.tree.nodes().flat_map(|node| match &node.kind {
            NodeKind::Mapping(entries, _) => entries.as_slice(),
            _ => &[],
        });
        let is_scalar = |node: &Node| matches!(node.kind, NodeKind::Scalar(_));
        let pairs = entries.filter_map(|(key, value)| Some((self.node(*key)?, self.node(*value)?)));
        pairs.filter(move |(key, value)| is_scalar(key) && is_scalar(value))
    }

    /// What a scalar is read as: numbers are floats, as everywhere in Helm's values. Nil for other nodes.
    pub fn scalar_value(&self, node: &Node) -> Value {
        let NodeKind::Scalar(scalar) = &node.kind else { return Value::Nil };
        let text = scalar.text(&self.source);
        #[allow(clippy::cast_precision_loss)] // As Go's JSON reads them.
        match resolve::scalar(node.tag.as_deref(), scalar.implicit, text) {
            Ok(Scalar::Null) | Err(_) => Value::Nil,
            Ok(Scalar::Bool(value)) => value.into(),
            Ok(Scalar::Int(number)) => Value::Float(number as f64),
            Ok(Scalar::Uint(number)) => Value::Float(number as f64),
            Ok(Scalar::Float(number)) => Value::Float(number),
            Ok(Scalar::Text | Scalar::Timestamp | Scalar::Binary(_)) => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    fn document(text: &str) -> Document {
        parse(text.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn a_key_that_stands_again_is_found_in_its_own_mapping_only() {
        let text = "a: 1\nb: {a: 2, c: 3, c: 4}\n\"a\": 5\n<<: {b: 6}\n<<: {b: 7}\n";
        let found = document(text).duplicate_keys();
        let told: Vec<_> = found
            .iter()
            .map(|found| (&*found.name, &text[found.first.clone()], &text[found.again.start..found.again.start + 3]))
            .collect();
        assert_eq!(told, [("c", "c: 3", "c: "), ("a", "a: 1", "\"a\"")]);
    }

    #[test]
    fn scalars_mean_what_helm_reads() {
        let document = document("[yes, 1.10, 0777, '1', text, ~]");
        let values: Vec<_> = document.scalars().map(|node| document.scalar_value(node)).collect();
        let want = [true.into(), Value::Float(1.1), Value::Float(511.0), "1".into(), "text".into(), Value::Nil];
        assert_eq!(format!("{values:?}"), format!("{want:?}"));
    }
}
