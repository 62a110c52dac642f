//! Go's `reflect.DeepEqual`.

use std::collections::BTreeSet;

use crate::value::{List, Map, Value};

/// Containers inside each other that are compared; what is deeper counts as different.
const DEEPEST: usize = 2000;

/// Whether two values are of the same types and contents all the way down.
pub fn deep_equal(a: &Value, b: &Value) -> bool {
    Comparison { seen: BTreeSet::new() }.equal(a, b, 0)
}

struct Comparison {
    /// Pairs of containers that were or are being compared. Meeting one again tells nothing new.
    seen: BTreeSet<(usize, usize)>,
}

impl Comparison {
    #[allow(clippy::float_cmp)] // as in Go
    fn equal(&mut self, a: &Value, b: &Value, depth: usize) -> bool {
        if depth > DEEPEST || a.ty() != b.ty() {
            return false;
        }
        match (a, b) {
            (Value::Nil, Value::Nil) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a, _), Value::Int(b, _)) => a == b,
            (Value::Uint(a, _), Value::Uint(b, _)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b,
            (Value::Complex(a, i), Value::Complex(b, j)) => a == b && i == j,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::List(a), Value::List(b)) => self.lists(a, b, depth),
            (Value::Map(a), Value::Map(b)) => self.maps(a, b, depth),
            // What objects hold is theirs; what they show for debugging is all of it.
            (Value::Object(a), Value::Object(b)) => format!("{a:?}") == format!("{b:?}"),
            _ => false,
        }
    }

    fn lists(&mut self, a: &List, b: &List, depth: usize) -> bool {
        if a.is_nil() != b.is_nil() || a.len() != b.len() {
            return false;
        }
        a.id() == b.id()
            || !self.seen.insert((a.id(), b.id()))
            || a.values().zip(b.values()).all(|(a, b)| self.equal(a, b, depth + 1))
    }

    fn maps(&mut self, a: &Map, b: &Map, depth: usize) -> bool {
        if a.len() != b.len() {
            return false;
        }
        a.is_same(b)
            || !self.seen.insert((a.id(), b.id()))
            || a.entries()
                .iter()
                .all(|(key, entry)| b.value(key).is_some_and(|other| self.equal(&entry.value, &other, depth + 1)))
    }
}
