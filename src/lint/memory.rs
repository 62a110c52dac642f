//! What the linter remembers from one look to the next. Whoever types changes one file: the other files are as they were,
//! and most of what they print is, too.
//!
//! Nothing of it shows in what is found: what is remembered of a text follows from the text alone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use super::suppress::IgnoreComment;
use crate::chart::LayerTexts;
use crate::engine::{Document, DocumentKind};
use crate::kube::Object;
use crate::source::Recall;

/// What the looks before left.
#[derive(Default)]
pub struct Memory {
    /// The objects by their texts; `None` for a text that can't be read as one.
    objects: RefCell<BTreeMap<Rc<[u8]>, Option<Object>>>,
    /// Files of values.
    pub layers: LayerTexts,
    /// What comments say is to be ignored.
    pub(super) comments: Recall<Vec<IgnoreComment>>,
    /// What the rule `crd-invalid` finds in files.
    pub(super) definitions: Recall<Vec<Remark>>,
    /// What the rule `removed-builtin-object` finds in templates.
    pub(super) unknown_fields: Recall<Vec<Remark>>,
    /// The events of hooks that templates write.
    pub(super) hooks: Recall<Vec<(String, Range<usize>)>>,
}

impl Memory {
    /// The documents that are objects, by their number, and the numbers of those that can't be read. Files in `crds/` are
    /// neither.
    pub(super) fn objects(&self, documents: &[Document]) -> (Vec<(usize, Object)>, Vec<usize>) {
        let mut before = std::mem::take(&mut *self.objects.borrow_mut());
        let (mut objects, mut unreadable, mut now) = (Vec::new(), Vec::new(), BTreeMap::new());
        let documents = documents.iter().enumerate().filter(|(_, document)| document.kind != DocumentKind::Crd);
        for (number, document) in documents {
            let text = document.text.shared();
            let read = || before.remove(text).unwrap_or_else(|| document.object().ok());
            match now.entry(Rc::clone(text)).or_insert_with(read) {
                Some(object) => objects.push((number, object.clone())),
                None => unreadable.push(number),
            }
        }
        *self.objects.borrow_mut() = now;
        (objects, unreadable)
    }

    /// Forgets the texts that nobody else has any more.
    pub(super) fn tidy(&self) {
        self.layers.tidy();
        self.comments.tidy();
        self.definitions.tidy();
        self.unknown_fields.tidy();
        self.hooks.tidy();
    }
}

/// What is wrong at a place of a text.
pub(super) struct Remark {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) fix: String,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}
