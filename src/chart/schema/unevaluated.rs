//! Which properties and items no schema has looked at.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::draft::Draft;
use super::keywords::Schema;
use crate::value::Value;

/// Properties and items that no schema has looked at, where it matters.
#[derive(Clone, Debug, Default)]
pub(super) struct Unevaluated {
    pub(super) properties: BTreeSet<Rc<str>>,
    pub(super) items: BTreeSet<usize>,
}

impl Unevaluated {
    /// All that a schema doesn't look at by itself; nothing where nobody asks.
    pub(super) fn of(value: &Value, schema: &Schema, is_wanted: bool) -> Self {
        let mut all = Self::default();
        match value {
            _ if schema.object.additional.is_some() && matches!(value, Value::Map(_)) => {}
            Value::Map(map) if is_wanted || schema.object.unevaluated.is_some() => {
                all.properties = map.entries().into_iter().map(|(name, _)| name).collect();
            }
            Value::List(list) if is_wanted || schema.array.unevaluated.is_some() => {
                let is_list = !schema.array.first.is_empty();
                let covers_all = schema.array.rest.is_some();
                let first = if schema.draft == Draft::TwentyTwenty || is_list { schema.array.first.len() } else { 0 };
                if !covers_all {
                    all.items = (first..list.len()).collect();
                }
            }
            _ => {}
        }
        all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.items.is_empty()
    }

    /// Keeps what another schema hasn't looked at, either.
    pub(super) fn keep(&mut self, left: &Self) {
        self.properties.retain(|name| left.properties.contains(name));
        self.items.retain(|index| left.items.contains(index));
    }
}
