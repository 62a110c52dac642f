//! Floor 1. Values as Go's templates see them: dynamic, typed at run time, maps shared by reference; how they
//! compare, print and become JSON. Every value in a container remembers what it was read from ([`Traced`]).
//!
//! Numbers keep Go's types apart (`int` of a literal, `int64` of `--set`, `float64` of YAML), for templates see
//! the difference. Strings are bytes. Nil is one value; whether Go would call it an invalid `reflect.Value` or an
//! empty interface is the executor's business.

mod brief;
mod compare;
pub mod format;
pub mod json;
mod kind;
mod list;
mod map;
mod object;
mod text;
pub mod time;

use std::fmt;
use std::rc::Rc;

pub use brief::brief;
pub use compare::{CompareError, deep_equal, equal, less};
pub use kind::{IntKind, ListKind, MapKind, Type, UintKind};
pub use list::List;
pub use map::Map;
pub use object::{Native, Object, Signature};
pub use text::{Text, TextBuilder};

use crate::source::ReadsId;

/// A value as Go has it in an `interface {}`.
#[derive(Clone, Default)]
pub enum Value {
    /// `nil`
    #[default]
    Nil,
    /// `bool`
    Bool(bool),
    /// A signed integer.
    Int(i64, IntKind),
    /// An unsigned integer.
    Uint(u64, UintKind),
    /// `float64`
    Float(f64),
    /// `complex128`, which template literals can be.
    Complex(f64, f64),
    /// `string`
    String(Text),
    /// A slice.
    List(List),
    /// A map with string keys.
    Map(Map),
    /// A struct or pointer with fields and methods.
    Object(Rc<dyn Object>),
}

/// A value, and what it was read from.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// The value.
    pub value: Value,
    /// The input values that it was read from or made of.
    pub reads: ReadsId,
}

impl Traced {
    /// A value with its reads.
    pub fn new(value: impl Into<Value>, reads: ReadsId) -> Self {
        Self { value: value.into(), reads }
    }
}

impl Value {
    /// Its type; `None` for nil.
    pub fn ty(&self) -> Option<Type> {
        Some(match self {
            Self::Nil => return None,
            Self::Bool(_) => Type::Bool,
            Self::Int(_, kind) => Type::Int(*kind),
            Self::Uint(_, kind) => Type::Uint(*kind),
            Self::Float(_) => Type::Float64,
            Self::Complex(..) => Type::Complex128,
            Self::String(_) => Type::String,
            Self::List(list) => Type::List(list.kind()),
            Self::Map(map) => Type::Map(map.kind()),
            Self::Object(object) => Type::Named(object.type_name()),
        })
    }

    /// An `int`.
    pub fn int(n: i64) -> Self {
        Self::Int(n, IntKind::Int)
    }

    /// An `int64`.
    pub fn int64(n: i64) -> Self {
        Self::Int(n, IntKind::Int64)
    }

    /// Whether it is nil.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// The text of a string.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The map of a map.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list of a list.
    pub fn as_list(&self) -> Option<&List> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// Go's truth: nil, false, zero, and whatever has no length are false.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(b) => *b,
            Self::Int(n, _) => *n != 0,
            Self::Uint(n, _) => *n != 0,
            Self::Float(n) => *n != 0.0,
            Self::Complex(re, im) => *re != 0.0 || *im != 0.0,
            Self::String(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => object.underlying().is_none_or(|value| value.is_true()),
        }
    }
}

/// Lets go of what containers hold without recursion: a decoded text may be nested ten thousand deep.
fn release(items: impl Iterator<Item = Traced>) {
    let mut held: Vec<Value> = containers(items).collect();
    while let Some(value) = held.pop() {
        match value {
            Value::List(list) => held.extend(containers(list.into_items())),
            Value::Map(map) => held.extend(containers(map.into_items())),
            _ => {}
        }
    }
}

fn containers(items: impl IntoIterator<Item = Traced>) -> impl Iterator<Item = Value> {
    items.into_iter().map(|item| item.value).filter(is_container)
}

fn is_container(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

/// For debugging and test failures: not what Go prints. Stops at a depth, for maps may contain themselves.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f, 0)
    }
}

fn debug(value: &Value, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
    const DEEPEST: usize = 16;
    if depth > DEEPEST {
        return f.write_str("…");
    }
    match value {
        Value::Nil => f.write_str("nil"),
        Value::Bool(b) => write!(f, "{b}"),
        Value::Int(n, kind) => write!(f, "{kind}({n})"),
        Value::Uint(n, kind) => write!(f, "{kind}({n})"),
        Value::Float(n) => write!(f, "float64({n})"),
        Value::Complex(re, im) => write!(f, "complex128({re}, {im})"),
        Value::String(text) => write!(f, "{text:?}"),
        Value::List(list) => {
            f.write_str("[")?;
            for item in list.values() {
                debug(item, f, depth + 1)?;
                f.write_str(", ")?;
            }
            f.write_str("]")
        }
        Value::Map(map) => {
            f.write_str("{")?;
            for (key, entry) in map.entries() {
                write!(f, "{key:?}: ")?;
                debug(&entry.value, f, depth + 1)?;
                f.write_str(", ")?;
            }
            f.write_str("}")
        }
        Value::Object(object) => fmt::Debug::fmt(object, f),
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&Value::Map(self.clone()), f, 0)
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&Value::List(self.clone()), f, 0)
    }
}

impl<V: Into<Value>> From<V> for Traced {
    fn from(value: V) -> Self {
        Self { value: value.into(), reads: ReadsId::NONE }
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

impl From<f64> for Value {
    fn from(n: f64) -> Self {
        Self::Float(n)
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::String(text)
    }
}

impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Self::String(s.into())
    }
}

impl From<String> for Value {
    fn from(s: String) -> Self {
        Self::String(s.into())
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}
