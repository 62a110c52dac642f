//! Where the fields of an object stand in its text.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::Path;
use crate::source::Step;
use crate::yaml::{self, NodeId, NodeKind};

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
pub struct Places(Option<Rc<yaml::Document>>);

impl Places {
    /// No place is known.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// The places in a document.
    pub fn of(document: yaml::Document) -> Self {
        Self(Some(Rc::new(document)))
    }

    /// The document as it is written, where it was read from a text.
    pub fn document(&self) -> Option<&yaml::Document> {
        self.0.as_deref()
    }

    /// Where a field stands.
    pub fn get(&self, path: &Path) -> Option<Place> {
        let place = self.0.as_ref()?.place(&path.steps())?;
        Some(Place { key: place.key.map(|key| key.span.clone()), value: place.value.span.clone() })
    }

    /// Where a field stands, or the nearest thing around it that is there.
    pub fn nearest(&self, path: &Path) -> Option<Place> {
        std::iter::successors(Some(path.clone()), Path::parent).find_map(|path| self.get(&path))
    }

    /// The keys that stand in their map more than once.
    pub fn written_twice(&self) -> Vec<Path> {
        let Some(document) = self.0.as_ref().filter(|document| document.repeats_keys()) else { return Vec::new() };
        let (mut found, mut open) = (Vec::new(), vec![(Path::root(), document.root())]);
        while let Some((path, node)) = open.pop() {
            let child = |id: NodeId| document.node(id);
            match node.map(|node| &node.kind) {
                Some(NodeKind::Mapping(entries, _)) => {
                    let mut seen = BTreeSet::new();
                    for (key, value) in entries {
                        let Some(name) = document.key_name(*key).filter(|name| name != "<<") else { continue };
                        let path = path.key(&name);
                        if !seen.insert(name) {
                            found.push(path.clone());
                        }
                        open.push((path, child(*value)));
                    }
                }
                Some(NodeKind::Sequence(items, _)) => {
                    let items = items.iter().zip(0..).map(|(item, at)| (path.then(Step::Index(at)), child(*item)));
                    open.extend(items);
                }
                _ => {}
            }
        }
        found
    }
}
