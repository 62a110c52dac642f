//! A field of an object, there or not: what rules and controllers ask.

use std::rc::Rc;

use super::Path;
use super::path::{Written, written_steps};
use crate::source::Step;
use crate::value::{List, Map, Text, Traced, Value};

/// A place in an object and what stands there. A field that is absent still has its path, so that what should be there
/// can be named; the fields of an absent field are absent. `null` counts as absent, as it does for the API server.
#[derive(Clone, Debug)]
pub struct Field {
    path: Path,
    value: Value,
}

impl Field {
    /// A value at a path.
    pub fn new(path: Path, value: Value) -> Self {
        Self { path, value }
    }

    /// Where it is in the object.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What stands there; nil where nothing does.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Whether something stands there.
    pub fn is_present(&self) -> bool {
        !self.value.is_nil()
    }

    /// The field below this one of that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Self {
        match self.value.as_map().and_then(|map| map.found(key)) {
            Some((key, value)) => Self { path: self.path.then(Step::Key(key)), value },
            None => Self { path: self.path.key(key), value: Value::Nil },
        }
    }

    /// The field at a path below this one, written `spec.ports[0].name`.
    #[must_use]
    pub fn at(&self, written: &str) -> Self {
        written_steps(written).fold(self.clone(), |field, step| match step {
            Written::Key(key) => field.get(key),
            Written::Index(index) => field.item(index as usize),
        })
    }

    /// The field at a path below this one.
    #[must_use]
    pub fn follow(&self, path: &Path) -> Self {
        path.steps().iter().fold(self.clone(), |field, step| match step {
            Step::Key(key) => field.get(key),
            Step::Index(index) => field.item(*index as usize),
        })
    }

    /// The item of that index.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        let item = self.value.as_list().and_then(|list| list.items().get(index));
        let value = item.map(|item| item.value.clone()).unwrap_or_default();
        Self { path: self.path.index(index), value }
    }

    /// The items of a list; none where it isn't one.
    pub fn items(&self) -> Vec<Self> {
        let count = self.value.as_list().map_or(0, List::len);
        (0..count).map(|index| self.item(index)).collect()
    }

    /// The entries of a map in order of their keys; none where it isn't one.
    pub fn entries(&self) -> Vec<(Rc<str>, Self)> {
        let entries = self.value.as_map().map(Map::entries).unwrap_or_default();
        let field = |(key, entry): (Rc<str>, Traced)| {
            let path = self.path.then(Step::Key(Rc::clone(&key)));
            (key, Self { path, value: entry.value })
        };
        entries.into_iter().map(field).collect()
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&Text> {
        self.value.as_text()
    }

    /// The string. Empty strings count.
    pub fn string(&self) -> Option<String> {
        self.text().map(|text| text.to_str().into_owned())
    }

    /// Whether it is this string.
    pub fn is(&self, expected: &str) -> bool {
        self.text().is_some_and(|text| text.as_bytes() == expected.as_bytes())
    }

    /// The boolean.
    pub fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// Whether it is `true`.
    pub fn is_true(&self) -> bool {
        self.bool() == Some(true)
    }

    /// The whole number. (YAML numbers are floats to Helm; a float without fraction counts.)
    pub fn integer(&self) -> Option<i64> {
        match self.value {
            Value::Int(n, _) => Some(n),
            Value::Uint(n, _) => i64::try_from(n).ok(),
            Value::Float(n) => whole(n),
            _ => None,
        }
    }
}

/// A float without fraction, within what a float can hold exactly.
fn whole(n: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)]
    (n.fract() == 0.0 && n.abs() <= EXACT).then_some(n as i64)
}
