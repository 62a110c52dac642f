//! Schemas that were read: a chart's schema is asked for again at each keystroke.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::compile::Schemas;
use super::judges::Judges;

/// Where Helm has the schema, whatever its file is called.
const URL: &str = "file:///values.schema.json";

/// How many are remembered.
const MOST: usize = 32;

type Compiled = Result<Rc<Schemas>, String>;

thread_local! {
    static KNOWN: RefCell<BTreeMap<Box<[u8]>, Compiled>> = const { RefCell::new(BTreeMap::new()) };
}

/// A schema, read; the error is what is wrong with it.
pub(super) fn compiled(schema: &[u8], judges: &Judges) -> Compiled {
    if let Some(known) = KNOWN.with_borrow(|known| known.get(schema).cloned()) {
        return known;
    }
    let read = super::read(schema);
    let compiled = read.and_then(|value| Schemas::compile(URL, Some(value), judges)).map(Rc::new);
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(schema.into(), compiled.clone());
    });
    compiled
}
