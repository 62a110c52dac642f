//! What is remembered of the texts that define kinds: they are long, and stay as they are while one types.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Type;
use crate::kube::GroupVersionKind;
use crate::source::readable;

/// The kinds that a text defines.
pub(super) type Definitions = Rc<Vec<(GroupVersionKind, Type)>>;

/// More texts than this are not remembered.
const MOST: usize = 500;

/// What was read once.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// By where they are in memory: for as long as a text is held here, no other can be there.
    texts: RefCell<BTreeMap<usize, Rc<Definition>>>,
    /// By length and fingerprint: a text may come anew.
    kinds: RefCell<BTreeMap<(usize, u64), Definitions>>,
}

/// A text that defines kinds.
#[derive(Debug)]
pub(super) struct Definition {
    text: Rc<[u8]>,
    /// The kinds that it may be about: what stands behind `kind:` at any place.
    pub(super) mentioned: BTreeSet<Box<str>>,
    fingerprint: u64,
}

impl Memory {
    /// What there is to know of a text without reading it as YAML.
    pub(super) fn definition(&self, text: &Rc<[u8]>) -> Rc<Definition> {
        let at = Rc::as_ptr(text).addr();
        if let Some(known) = self.texts.borrow().get(&at).filter(|known| known.text.len() == text.len()) {
            return Rc::clone(known);
        }
        let (text, mentioned, fingerprint) = (Rc::clone(text), mentioned(&readable(text)), fingerprint(text));
        let definition = Rc::new(Definition { text, mentioned, fingerprint });
        remember(&mut self.texts.borrow_mut(), at, Rc::clone(&definition));
        definition
    }

    /// The kinds that a text defines, as `read` reads them.
    pub(super) fn kinds(&self, definition: &Definition, read: impl FnOnce(&[u8]) -> Definitions) -> Definitions {
        let key = (definition.text.len(), definition.fingerprint);
        if let Some(known) = self.kinds.borrow().get(&key) {
            return Rc::clone(known);
        }
        let kinds = read(&definition.text);
        remember(&mut self.kinds.borrow_mut(), key, Rc::clone(&kinds));
        kinds
    }
}

fn remember<K: Ord, V>(memory: &mut BTreeMap<K, V>, key: K, value: V) {
    if memory.len() >= MOST {
        memory.clear();
    }
    memory.insert(key, value);
}

fn mentioned(text: &str) -> BTreeSet<Box<str>> {
    const KEY: &str = "kind:";
    let words = text.match_indices(KEY).filter_map(|(at, _)| word(text.get(at + KEY.len()..)?));
    words.map(Box::from).collect()
}

/// The word that a text begins with, without its quotes.
fn word(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '"', '\'']);
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    text.get(..end).filter(|word| !word.is_empty())
}

/// After FNV-1a, eight bytes at a time.
fn fingerprint(bytes: &[u8]) -> u64 {
    let mut words = bytes.chunks_exact(8);
    let add = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x100_0000_01b3).rotate_left(23);
    let word = |chunk: &[u8]| chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
    let hash = words.by_ref().fold(0xcbf2_9ce4_8422_2325, |hash, chunk| add(hash, word(chunk)));
    add(hash, word(words.remainder()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_wherever_they_stand() {
        let text = "kind: CustomResourceDefinition\nspec:\n  names: {kind: \"Site\", listKind: SiteList}\n  kind:\n";
        let words: Vec<_> = mentioned(text).into_iter().collect();
        assert_eq!(words, ["CustomResourceDefinition".into(), "Site".into()] as [Box<str>; 2]);
    }

    #[test]
    fn a_text_is_read_once_even_if_it_comes_anew() {
        let memory = Memory::default();
        let text = || Rc::<[u8]>::from(&b"kind: A"[..]);
        let first = text();
        assert!(Rc::ptr_eq(&memory.definition(&first), &memory.definition(&first)));
        let mut times = 0;
        for text in [first, text()] {
            memory.kinds(&memory.definition(&text), |_| {
                times += 1;
                Definitions::default()
            });
        }
        assert_eq!(times, 1);
    }
}
