//! Where the fields of an object stand in its text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Path;

/// Where a field stands: byte ranges in the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key; `None` for list items and for the object itself.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
}

impl Place {
    /// From the key (or the value, where there is none) to the end of the value.
    pub fn whole(&self) -> Range<usize> {
        self.key.as_ref().map_or(self.value.start, |key| key.start)..self.value.end
    }
}

/// The places of all fields of an object.
#[derive(Clone, Debug, Default)]
pub struct Places(BTreeMap<Path, Place>);

impl Places {
    /// No place is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes where a field stands.
    pub fn insert(&mut self, path: Path, place: Place) {
        self.0.insert(path, place);
    }

    /// Where a field stands.
    pub fn get(&self, path: &Path) -> Option<&Place> {
        self.0.get(path)
    }

    /// Where a field stands, or the nearest thing around it that is there.
    pub fn nearest(&self, path: &Path) -> Option<&Place> {
        std::iter::successors(Some(path.clone()), Path::parent).find_map(|path| self.0.get(&path))
    }
}
