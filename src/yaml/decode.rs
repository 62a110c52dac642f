//! Nodes → values, as go-yaml v2 decodes into `interface {}` and sigs.k8s.io/yaml then goes through JSON: keys become
//! strings, numbers become `float64`. Aliases are copied out, as in Go, and held to Go's measure of how much.
//!
//! Where keys of different types become the same string (`1` and `"1"`), Go keeps any of them; here the last wins.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::error::{Error, ErrorKind, Stage, UnsupportedKey};
use super::gosyntax;
use super::node::{Node, NodeId, NodeKind, Tree};
use super::number;
use super::resolve::{self, Scalar};
use crate::source::ReadsId;
use crate::value::{List, Map, Text, Traced, Value};

/// Our own limit on how many values a document may become. Go's limit on aliases allows four million.
const MAX_VALUES: usize = 4_000_000;

/// How deep Go's JSON goes.
const MAX_JSON_DEPTH: usize = 10_000;

/// What becomes of a key that occurs twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// The last one wins.
    Allowed,
    /// They are an error (`UnmarshalStrict`).
    Refused,
}

/// What numbers become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// `float64`, as after JSON.
    Float,
    /// What they are in YAML: `int`, `uint64` or `float64`. For whoever has to know how a number becomes a string.
    Typed,
}

/// How to decode.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    pub(super) duplicates: Duplicates,
    pub(super) numbers: Numbers,
}

/// Keys already set in a map, shared with what is merged into it.
type Seen = Option<Rc<RefCell<BTreeSet<String>>>>;

/// Something still to do.
enum Task {
    /// Make a value of a node and leave it in `values`.
    Visit(NodeId),
    /// Decode a mapping into a map that exists.
    Merge(NodeId, Map, Seen),
    /// Go on with a mapping.
    Mapping { node: NodeId, next: usize, map: Map, seen: Seen, pending: Option<Rc<str>> },
    /// Go on with a sequence.
    Sequence { node: NodeId, next: usize, base: usize },
    /// A collection was decoded that is a key, which it may not be.
    RefuseKey(NodeId),
    /// An alias was decoded.
    LeaveAlias(NodeId),
    /// A collection was decoded.
    Leave,
}

/// A key that JSON can't have, the mapping it stands in, and its value.
struct BadKey {
    map: NodeId,
    key: NodeId,
    value: NodeId,
    ty: &'static str,
    text: String,
}

struct Decoder<'a> {
    tree: &'a Tree,
    source: &'a str,
    options: Options,
    slot: &'a mut dyn FnMut(Range<usize>) -> ReadsId,
    tasks: Vec<Task>,
    values: Vec<Traced>,
    active: BTreeSet<NodeId>,
    decoded: usize,
    from_aliases: usize,
    depth: usize,
    too_deep: Option<(char, Range<usize>)>,
    duplicates: Vec<(u32, String)>,
    duplicate_at: Option<Range<usize>>,
    bad_key: Option<BadKey>,
    not_a_number: bool,
}

/// The value of a document's root. `slot` is asked for the reads of each item and entry, given its bytes.
pub(super) fn decode(
    tree: &Tree,
    source: &str,
    options: Options,
    slot: &mut dyn FnMut(Range<usize>) -> ReadsId,
) -> Result<Traced, Error> {
    let Some(root) = tree.root else { return Ok(Traced::default()) };
    let mut decoder = Decoder {
        tree,
        source,
        options,
        slot,
        tasks: vec![Task::Visit(root)],
        values: Vec::new(),
        active: BTreeSet::new(),
        // Go counts the document itself.
        decoded: 1,
        from_aliases: 0,
        depth: 0,
        too_deep: None,
        duplicates: Vec::new(),
        duplicate_at: None,
        bad_key: None,
        not_a_number: false,
    };
    let value = decoder.run()?;
    decoder.finish(value)
}

impl<'a> Decoder<'a> {
    fn run(&mut self) -> Result<Traced, Error> {
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Visit(id) => self.visit(id)?,
                Task::Merge(id, map, seen) => self.merge_one(id, map, seen)?,
                Task::Mapping { node, next, map, seen, pending } => self.mapping(node, next, map, seen, pending)?,
                Task::Sequence { node, next, base } => self.sequence(node, next, base),
                Task::RefuseKey(id) => return Err(self.refuse_collection(id)),
                Task::LeaveAlias(id) => _ = self.active.remove(&id),
                Task::Leave => self.depth -= 1,
            }
        }
        Ok(self.values.pop().unwrap_or_default())
    }

    /// The errors that Go finds after decoding, in its order.
    fn finish(mut self, value: Traced) -> Result<Traced, Error> {
        if let Some(at) = self.duplicate_at {
            return Err(Error::at(ErrorKind::DuplicateKeys(self.duplicates), at));
        }
        if let Some(bad) = self.bad_key.take() {
            return Err(self.unsupported_key(bad));
        }
        // A later key of the same name may have replaced it.
        if let Some(number) = self.not_a_number.then(|| first_unsupported(&value.value)).flatten() {
            return Err(Error::at(ErrorKind::UnsupportedValue(number.to_owned()), 0..0));
        }
        if let Some((bracket, at)) = self.too_deep {
            return Err(Error::at(ErrorKind::JsonDepth(bracket), at).in_stage(Stage::Unmarshaling));
        }
        Ok(value)
    }

    /// Go's count of work, and its limit on aliases.
    fn count(&mut self, node: &Node) -> Result<(), Error> {
        self.decoded += 1;
        self.from_aliases += usize::from(!self.active.is_empty());
        if self.from_aliases > 100 && self.decoded > 1000 && is_excessive(self.from_aliases, self.decoded) {
            return Err(Error::at(ErrorKind::ExcessiveAliasing, node.span.clone()));
        }
        if self.decoded > MAX_VALUES {
            return Err(Error::at(ErrorKind::Values(MAX_VALUES), node.span.clone()));
        }
        Ok(())
    }

    fn visit(&mut self, id: NodeId) -> Result<(), Error> {
        let Some(node) = self.tree.get(id) else { return Ok(()) };
        self.count(node)?;
        match &node.kind {
            NodeKind::Alias(target) => {
                self.enter_alias(id, node)?;
                self.tasks.push(Task::Visit(*target));
            }
            NodeKind::Scalar(_) => {
                let (scalar, text) = self.scalar(node)?;
                let value = self.value(scalar, text);
                self.push(value, node);
            }
            NodeKind::Sequence(..) => {
                self.enter('[', node);
                self.tasks.push(Task::Sequence { node: id, next: 0, base: self.values.len() });
            }
            NodeKind::Mapping(..) => {
                self.enter('{', node);
                let map = Map::new();
                self.push(Value::Map(map.clone()), node);
                let strict = self.options.duplicates == Duplicates::Refused;
                let seen = strict.then(Rc::default);
                self.tasks.push(Task::Mapping { node: id, next: 0, map, seen, pending: None });
            }
        }
        Ok(())
    }

    fn enter(&mut self, bracket: char, node: &Node) {
        self.depth += 1;
        if self.depth > MAX_JSON_DEPTH && self.too_deep.is_none() {
            self.too_deep = Some((bracket, node.span.clone()));
        }
        self.tasks.push(Task::Leave);
    }

    fn enter_alias(&mut self, id: NodeId, node: &Node) -> Result<(), Error> {
        if !self.active.insert(id) {
            let name = node.anchor.as_deref().unwrap_or_default().to_owned();
            return Err(Error::at(ErrorKind::SelfReference(name), node.span.clone()));
        }
        self.tasks.push(Task::LeaveAlias(id));
        Ok(())
    }

    fn push(&mut self, value: Value, node: &Node) {
        let reads = (self.slot)(node.span.clone());
        self.values.push(Traced { value, reads });
    }

    fn sequence(&mut self, id: NodeId, next: usize, base: usize) {
        let Some(node) = self.tree.get(id) else { return };
        let NodeKind::Sequence(items, _) = &node.kind else { return };
        if let Some(&item) = items.get(next) {
            self.tasks.push(Task::Sequence { node: id, next: next + 1, base });
            self.tasks.push(Task::Visit(item));
            return;
        }
        let items = self.values.split_off(base.min(self.values.len()));
        self.push(Value::List(List::new(items)), node);
    }

    fn mapping(
        &mut self,
        id: NodeId,
        next: usize,
        map: Map,
        seen: Seen,
        pending: Option<Rc<str>>,
    ) -> Result<(), Error> {
        if let Some(key) = pending
            && let Some(value) = self.values.pop()
        {
            map.set(key, value);
        }
        let Some(NodeKind::Mapping(entries, _)) = self.tree.get(id).map(|node| &node.kind) else { return Ok(()) };
        let Some(&(key, value)) = entries.get(next) else { return Ok(()) };
        let go_on = |pending, map, seen| Task::Mapping { node: id, next: next + 1, map, seen, pending };
        if self.tree.is_merge(key, self.source) {
            self.tasks.push(go_on(None, map.clone(), seen.clone()));
            return self.merge(value, &map, &seen);
        }
        let Some((scalar, text)) = self.key(key)? else {
            // What is wrong inside of it comes first.
            self.tasks.extend([Task::RefuseKey(key), Task::Visit(key)]);
            return Ok(());
        };
        let mut name = Some(Rc::from(scalar.to_key(text)));
        if self.bad_key.is_some() && name.as_ref().is_some_and(|name| map.value(name).is_some()) {
            self.forget_replaced(entries.get(..next).unwrap_or_default(), &scalar.to_key(text));
        }
        let bad_type = match scalar {
            Scalar::Null => Some("%!s(<nil>)"),
            Scalar::Uint(_) => Some("uint64"),
            _ => None,
        };
        if let Some(ty) = bad_type {
            self.refuse_key(BadKey { map: id, key, value, ty, text: gosyntax::scalar(&scalar, "") });
        }
        if let Some(seen) = &seen
            && !seen.borrow_mut().insert(gosyntax::scalar(&scalar, text))
        {
            self.refuse_duplicate(value, gosyntax::scalar(&scalar, text));
            name = None;
        }
        // A duplicate's value is decoded all the same, into a map that nobody sees.
        let target = if name.is_some() { None } else { Some(Map::new()) };
        match target {
            None => self.tasks.push(go_on(name, map, seen)),
            Some(nowhere) => {
                self.tasks.push(go_on(None, map, seen));
                let none =
                    Task::Mapping { node: id, next: usize::MAX, map: nowhere, seen: None, pending: Some("".into()) };
                self.tasks.push(none);
            }
        }
        self.tasks.push(Task::Visit(value));
        Ok(())
    }

    /// Of the bad keys of one mapping the last counts, for in Go it has replaced those before.
    fn refuse_key(&mut self, bad: BadKey) {
        if self.bad_key.as_ref().is_none_or(|known| known.map == bad.map) {
            self.bad_key = Some(bad);
        }
    }

    /// A bad key is none any more where a later key of the same name replaces what it stands in.
    fn forget_replaced(&mut self, before: &[(NodeId, NodeId)], name: &str) {
        let tree = self.tree;
        let Some(bad) = self.bad_key.as_ref().and_then(|bad| tree.get(bad.key)).map(|node| node.span.clone()) else {
            return;
        };
        let is_within = |value: NodeId| {
            let span = tree.get(value).map_or(0..0, |node| node.span.clone());
            span.start <= bad.start && bad.end <= span.end
        };
        let replaced = before.iter().filter(|(_, value)| is_within(*value));
        let named = replaced.filter_map(|(key, _)| self.key(*key).ok().flatten());
        if named.map(|(scalar, text)| scalar.to_key(text)).any(|own| *own == *name) {
            self.bad_key = None;
        }
    }

    fn unsupported_key(&self, bad: BadKey) -> Error {
        let at = self.tree.get(bad.key).map_or(0..0, |node| node.span.clone());
        let value = gosyntax::node(self.tree, self.source, bad.value);
        let key = UnsupportedKey { ty: bad.ty, key: bad.text, value };
        Error::at(ErrorKind::UnsupportedKey(Box::new(key)), at)
    }

    fn refuse_duplicate(&mut self, value: NodeId, key: String) {
        let Some(node) = self.tree.get(value) else { return };
        self.duplicates.push((node.line + 1, key));
        self.duplicate_at.get_or_insert_with(|| node.span.clone());
    }

    /// A key, if it is a scalar.
    fn key(&mut self, id: NodeId) -> Result<Option<(Scalar, &'a str)>, Error> {
        let tree = self.tree;
        let (Some(node), Some((target, resolved))) = (tree.get(id), tree.resolved(id)) else { return Ok(None) };
        if !matches!(resolved.kind, NodeKind::Scalar(_)) {
            return Ok(None);
        }
        self.count(node)?;
        if target != id {
            self.count(resolved)?;
        }
        self.scalar(resolved).map(Some)
    }

    fn refuse_collection(&self, key: NodeId) -> Error {
        let at = self.tree.get(key).map_or(0..0, |node| node.span.clone());
        Error::at(ErrorKind::InvalidMapKey(gosyntax::node(self.tree, self.source, key)), at)
    }

    /// The value of `<<`: a mapping, or mappings of which the earlier ones win.
    fn merge(&mut self, value: NodeId, map: &Map, seen: &Seen) -> Result<(), Error> {
        let Some(node) = self.tree.get(value) else { return Ok(()) };
        let is_mapping = |id: NodeId| {
            let node = self.tree.resolved(id).map(|(_, node)| node);
            node.is_some_and(|node| matches!(node.kind, NodeKind::Mapping(..)))
        };
        let parts = match &node.kind {
            NodeKind::Sequence(items, _) => items.as_slice(),
            _ => &[value],
        };
        if !parts.iter().all(|&part| is_mapping(part)) {
            return Err(Error::at(ErrorKind::MergeWantsMap, node.span.clone()));
        }
        let tasks = parts.iter().map(|&part| Task::Merge(part, map.clone(), seen.clone()));
        self.tasks.extend(tasks);
        Ok(())
    }

    fn merge_one(&mut self, id: NodeId, map: Map, seen: Seen) -> Result<(), Error> {
        let Some(node) = self.tree.get(id) else { return Ok(()) };
        self.count(node)?;
        if let NodeKind::Alias(target) = node.kind {
            self.enter_alias(id, node)?;
            self.tasks.push(Task::Merge(target, map, seen));
        } else {
            self.tasks.push(Task::Mapping { node: id, next: 0, map, seen, pending: None });
        }
        Ok(())
    }

    fn scalar(&self, node: &'a Node) -> Result<(Scalar, &'a str), Error> {
        let NodeKind::Scalar(scalar) = &node.kind else { return Ok((Scalar::Text, "")) };
        let text = scalar.text(self.source);
        match resolve::scalar(node.tag.as_deref(), scalar.implicit, text) {
            Ok(value) => Ok((value, text)),
            Err(kind) => Err(Error::at(kind, node.span.clone())),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "as Go's JSON reads numbers")]
    fn value(&mut self, scalar: Scalar, text: &str) -> Value {
        match (scalar, self.options.numbers) {
            (Scalar::Null, _) => Value::Nil,
            (Scalar::Bool(b), _) => Value::Bool(b),
            (Scalar::Int(n), Numbers::Float) => Value::Float(n as f64),
            (Scalar::Uint(n), Numbers::Float) => Value::Float(n as f64),
            (Scalar::Int(n), Numbers::Typed) => Value::int(n),
            (Scalar::Uint(n), Numbers::Typed) => Value::Uint(n, crate::value::UintKind::Uint64),
            (Scalar::Float(n), _) => {
                self.not_a_number |= !n.is_finite();
                Value::Float(n)
            }
            (Scalar::Text | Scalar::Timestamp, _) => Value::String(Text::from(text)),
            (Scalar::Binary(bytes), _) => Value::String(Text::from(number::valid_utf8(&bytes))),
        }
    }
}

/// Go's measure: 99 % may come from aliases in a document of up to 400000 values, 10 % from 4000000 on.
fn is_excessive(from_aliases: usize, decoded: usize) -> bool {
    const LOW: f64 = 400_000.0;
    const HIGH: f64 = 4_000_000.0;
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let (from_aliases, decoded) = (from_aliases as f64, decoded as f64);
    let allowed = 0.99 - 0.89 * ((decoded.clamp(LOW, HIGH) - LOW) / (HIGH - LOW));
    from_aliases / decoded > allowed
}

/// The number that Go's JSON stumbles over: the first one in the order of keys.
fn first_unsupported(value: &Value) -> Option<&'static str> {
    let mut left = vec![value.clone()];
    while let Some(value) = left.pop() {
        match value {
            Value::Float(n) if n.is_nan() => return Some("NaN"),
            Value::Float(f64::INFINITY) => return Some("+Inf"),
            Value::Float(f64::NEG_INFINITY) => return Some("-Inf"),
            Value::List(list) => left.extend(list.items().iter().rev().map(|item| item.value.clone())),
            Value::Map(map) => left.extend(map.entries().into_iter().rev().map(|(_, entry)| entry.value)),
            _ => {}
        }
    }
    None
}
