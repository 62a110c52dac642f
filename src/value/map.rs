//! Go's `map[string]…`: shared by reference, iterated in key order.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{MapKind, Traced, Value, release};

/// A map. Clones share the content: what one changes, all see, as Sprig's `set` and `merge` need it.
///
/// A map may contain itself; whoever walks one counts depth.
#[derive(Clone)]
pub struct Map {
    kind: MapKind,
    entries: Rc<Entries>,
}

#[derive(Default)]
struct Entries {
    map: RefCell<BTreeMap<Rc<str>, Traced>>,
    is_nil: bool,
}

impl Map {
    /// An empty `map[string]interface {}`.
    pub fn new() -> Self {
        Self::of(MapKind::Any)
    }

    /// An empty map of a type.
    pub fn of(kind: MapKind) -> Self {
        Self { kind, entries: Rc::default() }
    }

    /// Go's nil map of a type: empty, and `null` in JSON.
    pub fn nil(kind: MapKind) -> Self {
        Self { kind, entries: Rc::new(Entries { map: RefCell::default(), is_nil: true }) }
    }

    /// Whether it is a nil map.
    pub fn is_nil(&self) -> bool {
        self.entries.is_nil && self.is_empty()
    }

    /// Its type.
    pub fn kind(&self) -> MapKind {
        self.kind
    }

    /// The same entries under another type, in a map of their own (values still shared).
    #[must_use]
    pub fn to_kind(&self, kind: MapKind) -> Self {
        Self { kind, entries: Entries::shared(self.entries.map.borrow().clone()) }
    }

    /// The same map under another type, as a conversion in Go gives it: what one changes, the other sees.
    #[must_use]
    pub fn as_kind(&self, kind: MapKind) -> Self {
        Self { kind, ..self.clone() }
    }

    /// A new map of the same type with the same entries (values still shared).
    #[must_use]
    pub fn shallow_copy(&self) -> Self {
        self.to_kind(self.kind())
    }

    /// A new map of the same type, with the same keys; `copy` changes each value that stands in it.
    #[must_use]
    pub fn copied_with(&self, copy: impl FnMut(&mut Traced)) -> Self {
        let mut entries = self.entries.map.borrow().clone();
        entries.values_mut().for_each(copy);
        Self { kind: self.kind, entries: Entries::shared(entries) }
    }

    /// The entry of a key, with what it was read from.
    pub fn get(&self, key: &str) -> Option<Traced> {
        self.entries.map.borrow().get(key).cloned()
    }

    /// The value of a key.
    pub fn value(&self, key: &str) -> Option<Value> {
        self.entries.map.borrow().get(key).map(|entry| entry.value.clone())
    }

    /// The value of a key, and the key as the map holds it.
    pub fn found(&self, key: &str) -> Option<(Rc<str>, Value)> {
        self.entries.map.borrow().get_key_value(key).map(|(key, entry)| (Rc::clone(key), entry.value.clone()))
    }

    /// Whether the key is there, nil or not.
    pub fn contains(&self, key: &str) -> bool {
        self.entries.map.borrow().contains_key(key)
    }

    /// Sets an entry; gives back the one before.
    pub fn set(&self, key: impl Into<Rc<str>>, value: impl Into<Traced>) -> Option<Traced> {
        self.entries.map.borrow_mut().insert(key.into(), value.into())
    }

    /// Takes an entry out.
    pub fn remove(&self, key: &str) -> Option<Traced> {
        self.entries.map.borrow_mut().remove(key)
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.map.borrow().len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.map.borrow().is_empty()
    }

    /// The keys in order. A copy: the map may change while one goes through them.
    pub fn keys(&self) -> Vec<Rc<str>> {
        self.entries.map.borrow().keys().cloned().collect()
    }

    /// The entries in order of their keys. A copy: the map may change while one goes through them.
    pub fn entries(&self) -> Vec<(Rc<str>, Traced)> {
        self.entries.map.borrow().iter().map(|(key, entry)| (Rc::clone(key), entry.clone())).collect()
    }

    /// The same, of the first few.
    pub fn first_entries(&self, most: usize) -> Vec<(Rc<str>, Traced)> {
        self.entries.map.borrow().iter().take(most).map(|(key, entry)| (Rc::clone(key), entry.clone())).collect()
    }

    /// A number that tells this map from all others there are at the moment.
    pub fn id(&self) -> usize {
        Rc::as_ptr(&self.entries).addr()
    }

    /// Whether both are the same map, not only equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }
}

impl Map {
    /// The entries' values, if nobody else holds the map.
    pub(super) fn into_items(self) -> impl Iterator<Item = Traced> {
        Rc::into_inner(self.entries).map(|entries| entries.map.take()).unwrap_or_default().into_values()
    }
}

impl Entries {
    fn shared(entries: BTreeMap<Rc<str>, Traced>) -> Rc<Self> {
        Rc::new(Self { map: RefCell::new(entries), is_nil: false })
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        release(self.map.take().into_values());
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Into<Rc<str>>, V: Into<Traced>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        // One by one: `collect` sorts first, and would bring a sort of its own for every kind of iterator.
        let map = Self::new();
        for (key, value) in entries {
            map.set(key, value);
        }
        map
    }
}
