//! How values compare: `==` and `<` as Go's templates have them, and `reflect.DeepEqual`.

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use super::format;
use super::{Map, Value};

/// Why two values can't be compared. `Display` is Go's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareError {
    /// Values of these types have no order, or none at all can be told.
    BadType,
    /// Types that aren't compared with each other.
    Incompatible(String, String),
    /// Go's sentence about two values of different kinds, neither basic.
    DifferentKinds(String),
    /// A map or list, as Go prints it and its type.
    NonComparable(String, String),
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadType => f.write_str("invalid type for comparison"),
            Self::Incompatible(a, b) => write!(f, "incompatible types for comparison: {a} and {b}"),
            Self::DifferentKinds(kinds) => write!(f, "non-comparable types {kinds}"),
            Self::NonComparable(value, ty) => write!(f, "non-comparable type {value}: {ty}"),
        }
    }
}

/// Whether two values are equal, as the template function `eq` sees it.
pub fn equal(a: &Value, b: &Value) -> Result<bool, CompareError> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Int(a, _), Value::Int(b, _)) => Ok(a == b),
        (Value::Uint(a, _), Value::Uint(b, _)) => Ok(a == b),
        (Value::Int(signed, _), Value::Uint(unsigned, _)) | (Value::Uint(unsigned, _), Value::Int(signed, _)) => {
            Ok(u64::try_from(*signed).is_ok_and(|signed| signed == *unsigned))
        }
        #[allow(clippy::float_cmp)]
        (Value::Float(a), Value::Float(b)) => Ok(a == b),
        #[allow(clippy::float_cmp)]
        (Value::Complex(a_real, a_imaginary), Value::Complex(b_real, b_imaginary)) => {
            Ok(a_real == b_real && a_imaginary == b_imaginary)
        }
        (Value::String(a), Value::String(b)) => Ok(a == b),
        (Value::Nil, b) => Ok(b.is_nil()),
        (_, Value::Nil) => Ok(false),
        (a, b) if is_basic(a) || is_basic(b) => Err(incompatible(a, b)),
        (a, b) => equal_references(a, b),
    }
}

fn is_basic(value: &Value) -> bool {
    !matches!(value, Value::Nil | Value::List(_) | Value::Map(_) | Value::Object(_))
}

fn incompatible(a: &Value, b: &Value) -> CompareError {
    CompareError::Incompatible(format::type_name(a), format::type_name(b))
}

/// Maps, lists, objects.
fn equal_references(a: &Value, b: &Value) -> Result<bool, CompareError> {
    match (a, b) {
        (Value::Object(object), Value::Map(_)) | (Value::Map(_), Value::Object(object)) if object.kind() == "map" => {
            Err(CompareError::NonComparable(as_string(b), format::type_name(b)))
        }
        (Value::Object(a), Value::Object(b)) if a.kind() == b.kind() => {
            let is_same = std::ptr::addr_eq(Rc::as_ptr(a), Rc::as_ptr(b));
            let is_pointer = a.kind() == "ptr";
            Ok(is_same || !is_pointer && a.type_name() == b.type_name() && a.display() == b.display())
        }
        (Value::Map(_), Value::Map(_)) | (Value::List(_), Value::List(_)) => {
            Err(CompareError::NonComparable(as_string(b), format::type_name(b)))
        }
        _ => Err(CompareError::DifferentKinds(format!(
            "{}: {}, {}: {}",
            as_string(a),
            format::type_name(a),
            format::type_name(b),
            String::from_utf8_lossy(&format::display(b)),
        ))),
    }
}

/// `%s`, whatever the value is.
fn as_string(value: &Value) -> String {
    let pieces = format::sprintf(b"%s", std::slice::from_ref(value));
    let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.bytes).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether the first is less than the second, as the template function `lt` sees it.
pub fn less(a: &Value, b: &Value) -> Result<bool, CompareError> {
    match (a, b) {
        (Value::Int(a, _), Value::Int(b, _)) => Ok(a < b),
        (Value::Uint(a, _), Value::Uint(b, _)) => Ok(a < b),
        (Value::Int(a, _), Value::Uint(b, _)) => Ok(u64::try_from(*a).map_or(true, |a| a < *b)),
        (Value::Uint(a, _), Value::Int(b, _)) => Ok(u64::try_from(*b).is_ok_and(|b| *a < b)),
        (Value::Float(a), Value::Float(b)) => Ok(a.partial_cmp(b) == Some(Ordering::Less)),
        (Value::String(a), Value::String(b)) => Ok(a < b),
        (a, b) if !is_basic(a) || !is_basic(b) => Err(CompareError::BadType),
        (Value::Bool(_), Value::Bool(_)) | (Value::Complex(..), Value::Complex(..)) => Err(CompareError::BadType),
        (a, b) => Err(incompatible(a, b)),
    }
}

/// `reflect.DeepEqual`: equal in type and content, all the way down. Values too large to compare aren't equal.
pub fn deep_equal(a: &Value, b: &Value) -> bool {
    DeepEqual { left: 1 << 20 }.equal(a, b, 0)
}

struct DeepEqual {
    /// Comparisons left to make.
    left: u32,
}

impl DeepEqual {
    fn equal(&mut self, a: &Value, b: &Value, depth: usize) -> bool {
        const DEEPEST: usize = 500;
        self.left = self.left.saturating_sub(1);
        // Deeper than this, maps contain themselves, and Go takes what it has seen for equal.
        if depth > DEEPEST {
            return true;
        }
        if self.left == 0 || a.ty() != b.ty() {
            return false;
        }
        match (a, b) {
            (Value::Nil, Value::Nil) => true,
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.values().zip(b.values()).all(|(a, b)| self.equal(a, b, depth + 1))
            }
            (Value::Map(a), Value::Map(b)) => a.is_same(b) || self.equal_maps(a, b, depth),
            (Value::Object(a), Value::Object(b)) => {
                std::ptr::addr_eq(Rc::as_ptr(a), Rc::as_ptr(b)) || a.display() == b.display()
            }
            (a, b) => equal(a, b).unwrap_or(false),
        }
    }

    fn equal_maps(&mut self, a: &Map, b: &Map, depth: usize) -> bool {
        a.len() == b.len()
            && a.entries()
                .iter()
                .all(|(key, entry)| b.value(key).is_some_and(|other| self.equal(&entry.value, &other, depth + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{IntKind, List, UintKind};

    #[test]
    fn equality_and_order_of_templates() {
        let list = || Value::from(List::from_iter([Value::int(1)]));
        let map = || Value::from(Map::from_iter([("a", Value::Float(1.0))]));
        let byte = Value::Uint(1, UintKind::Uint8);
        for (a, b, eq, lt) in [
            (Value::int(1), Value::int64(1), "true", "false"),
            (Value::int(-1), byte.clone(), "false", "true"),
            (byte, Value::int(1), "true", "false"),
            (Value::from("a"), Value::from("b"), "false", "true"),
            (Value::Bool(true), Value::Bool(true), "true", "invalid type for comparison"),
            (Value::Nil, Value::Nil, "true", "invalid type for comparison"),
            (Value::int(1), Value::Nil, "false", "invalid type for comparison"),
            (
                Value::int(1),
                Value::Float(1.0),
                "incompatible types for comparison: int and float64",
                "incompatible types for comparison: int and float64",
            ),
            (
                Value::from("1"),
                list(),
                "incompatible types for comparison: string and []interface {}",
                "invalid type for comparison",
            ),
            (
                map(),
                map(),
                "non-comparable type map[a:%!s(float64=1)]: map[string]interface {}",
                "invalid type for comparison",
            ),
            (
                list(),
                map(),
                "non-comparable types [%!s(int=1)]: []interface {}, map[string]interface {}: map[a:1]",
                "invalid type for comparison",
            ),
        ] {
            let text = |result: Result<bool, CompareError>| result.map_or_else(|e| e.to_string(), |b| b.to_string());
            assert_eq!((text(equal(&a, &b)).as_str(), text(less(&a, &b)).as_str()), (eq, lt), "{a:?} {b:?}");
        }
    }

    #[test]
    fn deep_equality_minds_types_and_ends() {
        let (a, b) = (Map::from_iter([("x", Value::int(1))]), Map::from_iter([("x", Value::int(1))]));
        assert!(deep_equal(&a.clone().into(), &b.clone().into()));
        a.set("self", a.clone());
        b.set("self", b.clone());
        assert!(deep_equal(&a.into(), &b.into()));
        assert!(!deep_equal(&Value::int(1), &Value::Int(1, IntKind::Int64)));
    }
}
