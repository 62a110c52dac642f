//! Go's slices, as templates use them: never changed in place.

use std::rc::Rc;

use super::{ListKind, Traced, Value, release};

/// A slice. Cheap to clone.
#[derive(Clone)]
pub struct List(Rc<Inner>);

struct Inner {
    kind: ListKind,
    items: Vec<Traced>,
    is_nil: bool,
}

impl List {
    /// A `[]interface {}`.
    pub fn new(items: Vec<Traced>) -> Self {
        Self::of(ListKind::Any, items)
    }

    /// A list of a type.
    pub fn of(kind: ListKind, items: Vec<Traced>) -> Self {
        Self(Rc::new(Inner { kind, items, is_nil: false }))
    }

    /// Go's nil slice of a type: empty, and `null` in JSON.
    pub fn nil(kind: ListKind) -> Self {
        Self(Rc::new(Inner { kind, items: Vec::new(), is_nil: true }))
    }

    /// Whether it is a nil slice.
    pub fn is_nil(&self) -> bool {
        self.0.is_nil
    }

    /// Its type.
    pub fn kind(&self) -> ListKind {
        self.0.kind
    }

    /// The items.
    pub fn items(&self) -> &[Traced] {
        &self.0.items
    }

    /// The values of the items.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.items.iter().map(|item| &item.value)
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.0.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.0.items.is_empty()
    }

    /// A number that tells this list from all others there are at the moment.
    pub fn id(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// The bytes of a `[]uint8`.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let byte = |value: &Value| match value {
            Value::Uint(byte, _) => u8::try_from(*byte).ok(),
            _ => None,
        };
        (self.kind() == ListKind::Byte).then(|| self.values().map(byte).collect())?
    }
}

impl List {
    /// The items, if nobody else holds the list.
    pub(super) fn into_items(self) -> Vec<Traced> {
        Rc::into_inner(self.0).map(|mut inner| std::mem::take(&mut inner.items)).unwrap_or_default()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        release(std::mem::take(&mut self.items).into_iter());
    }
}

impl<V: Into<Traced>> FromIterator<V> for List {
    fn from_iter<I: IntoIterator<Item = V>>(items: I) -> Self {
        Self::new(items.into_iter().map(Into::into).collect())
    }
}
