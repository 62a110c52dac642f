//! What follows from texts that stay as they are, while their neighbour is typed at: each is looked at once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// What follows from texts, by the text.
pub struct Recall<T> {
    known: RefCell<Known<T>>,
}

/// By where the texts are in memory: for as long as a text is held here, no other can be there.
type Known<T> = BTreeMap<usize, (Rc<[u8]>, Rc<T>)>;

impl<T> Recall<T> {
    /// What follows from a text, as `read` finds it.
    pub fn of(&self, text: &Rc<[u8]>, read: impl FnOnce(&[u8]) -> T) -> Rc<T> {
        let at = Rc::as_ptr(text).addr();
        if let Some((_, found)) = self.known.borrow().get(&at).filter(|(known, _)| known.len() == text.len()) {
            return Rc::clone(found);
        }
        let found = Rc::new(read(text));
        self.known.borrow_mut().insert(at, (Rc::clone(text), Rc::clone(&found)));
        found
    }

    /// Forgets the texts that nobody else has any more.
    pub fn tidy(&self) {
        self.known.borrow_mut().retain(|_, (text, _)| Rc::strong_count(text) > 1);
    }
}

impl<T> Default for Recall<T> {
    fn default() -> Self {
        Self { known: RefCell::default() }
    }
}

impl<T> fmt::Debug for Recall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recall({})", self.known.borrow().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_at_once_and_forgotten_with_its_last_holder() {
        let recall = Recall::default();
        let (text, same): (Rc<[u8]>, Rc<[u8]>) = (b"abc".as_slice().into(), b"abc".as_slice().into());
        assert_eq!(*recall.of(&text, <[u8]>::len), 3);
        assert_eq!(*recall.of(&text, |_| 0), 3);
        assert_eq!(*recall.of(&same, |_| 0), 0);
        drop(same);
        recall.tidy();
        assert_eq!(format!("{recall:?}"), "Recall(1)");
        assert_eq!(*recall.of(&text, |_| 0), 3);
    }
}
