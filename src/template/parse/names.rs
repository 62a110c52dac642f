//! The names of fields in a text. The same few stand in it again and again: each is kept once, as far as that is cheap.

use std::rc::Rc;

/// Names are told apart by fewer places than there may be names.
const PLACES: usize = 64;

/// The names that were read last.
pub(super) struct Names([Option<Rc<str>>; PLACES]);

impl Default for Names {
    fn default() -> Self {
        Self([const { None }; PLACES])
    }
}

impl Names {
    /// A name, shared with the one before if that is the same.
    pub(super) fn shared(&mut self, name: &[u8]) -> Rc<str> {
        let Some(place) = self.0.get_mut(place(name)) else { return String::from_utf8_lossy(name).into() };
        match place {
            Some(known) if known.as_bytes() == name => Rc::clone(known),
            place => Rc::clone(place.insert(String::from_utf8_lossy(name).into())),
        }
    }
}

fn place(name: &[u8]) -> usize {
    let byte = |at: usize| name.get(at).copied().map_or(0, usize::from);
    let last = byte(name.len().saturating_sub(1));
    (byte(0) + 7 * last + 3 * byte(name.len() / 2) + 13 * name.len()) % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_again_is_the_same_one() {
        let mut names = Names::default();
        let first = names.shared(b"Values");
        assert_eq!(&*names.shared("größe".as_bytes()), "größe");
        assert!(Rc::ptr_eq(&first, &names.shared(b"Values")));
        assert_eq!(&*names.shared(b""), "");
    }
}
