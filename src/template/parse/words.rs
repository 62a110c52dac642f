//! The words of a text: its names, and what its string literals stand for. Nodes hold nothing but their numbers: so
//! trees are small, and one thread may make them for another.

use std::rc::Rc;

use super::unquote::unquote;
use crate::value::Text;

/// The number of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name(u32);

/// Names in a row, such as those of `.a.b`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    first: u32,
    count: u32,
}

/// The number of what a string literal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Constant(u32);

/// Bytes of the text, or others.
enum Piece {
    Of(u32, u32),
    Own(Box<[u8]>),
}

impl Piece {
    fn slice<'p>(&'p self, text: &'p [u8]) -> &'p [u8] {
        match self {
            Self::Of(start, end) => text.get(*start as usize..*end as usize).unwrap_or_default(),
            Self::Own(bytes) => bytes,
        }
    }
}

impl Names {
    pub(crate) fn is_empty(self) -> bool {
        self.count == 0
    }

    pub(crate) fn len(self) -> usize {
        self.count as usize
    }
}

/// Names are told apart by fewer places than there may be names.
pub(super) const PLACES: usize = 64;

/// Where a name has its place.
pub(super) fn place(name: &[u8]) -> usize {
    let byte = |at: usize| name.get(at).copied().map_or(0, usize::from);
    let last = byte(name.len().saturating_sub(1));
    (byte(0) + 7 * last + 3 * byte(name.len() / 2) + 13 * name.len()) % PLACES
}

/// The words of a text that is being parsed. The same few names stand in it again and again: each is kept once, as far as
/// that is cheap.
pub(super) struct Collected {
    names: Vec<Piece>,
    /// The names that were read last.
    known: [Option<Name>; PLACES],
    rows: Vec<Name>,
    constants: Vec<Piece>,
}

impl Default for Collected {
    fn default() -> Self {
        Self { names: Vec::new(), known: [None; PLACES], rows: Vec::new(), constants: Vec::new() }
    }
}

impl Collected {
    /// The name that stands at `start`.
    pub(super) fn name(&mut self, text: &[u8], start: usize, end: usize) -> Name {
        let word = text.get(start..end).unwrap_or_default();
        let place = place(word);
        match self.known.get(place).copied().flatten() {
            Some(known) if self.bytes(known, text) == word => known,
            _ => {
                let name = self.add(Piece::Of(short(start), short(end)));
                if let Some(place) = self.known.get_mut(place) {
                    *place = Some(name);
                }
                name
            }
        }
    }

    /// A name that may stand nowhere in the text.
    pub(super) fn own_name(&mut self, name: &[u8]) -> Name {
        self.add(Piece::Own(name.into()))
    }

    fn add(&mut self, piece: Piece) -> Name {
        self.names.push(piece);
        Name(short(self.names.len() - 1))
    }

    /// A name's bytes.
    pub(super) fn bytes<'p>(&'p self, name: Name, text: &'p [u8]) -> &'p [u8] {
        self.names.get(name.0 as usize).map(|piece| piece.slice(text)).unwrap_or_default()
    }

    /// No names, to which others are added.
    pub(super) fn row(&self) -> Names {
        Names { first: short(self.rows.len()), count: 0 }
    }

    /// Adds a name to the last row.
    pub(super) fn push(&mut self, row: &mut Names, name: Name) {
        self.rows.push(name);
        row.count += 1;
    }

    /// What the literal that stands at `start` means, which most often is what stands between its quotes. `None` where
    /// nothing can be meant.
    pub(super) fn constant(&mut self, text: &[u8], start: usize, end: usize) -> Option<Constant> {
        let literal = text.get(start..end).unwrap_or_default();
        self.constants.push(match literal {
            [b'`', inner @ .., b'`'] if !inner.contains(&b'\r') => Piece::Of(short(start + 1), short(end - 1)),
            [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => Piece::Of(short(start + 1), short(end - 1)),
            _ => Piece::Own(unquote(literal)?.into()),
        });
        Some(Constant(short(self.constants.len() - 1)))
    }

    /// The words, for those who execute.
    pub(super) fn of(self, text: &[u8]) -> Words {
        let name = |piece: Piece| Rc::from(String::from_utf8_lossy(piece.slice(text)));
        let constant = |piece: Piece| Text::new(piece.slice(text));
        Words {
            names: self.names.into_iter().map(name).collect(),
            rows: self.rows,
            constants: self.constants.into_iter().map(constant).collect(),
            nothing: "".into(),
        }
    }
}

/// The words of a text.
#[derive(Default)]
pub(crate) struct Words {
    names: Vec<Rc<str>>,
    rows: Vec<Name>,
    constants: Vec<Text>,
    /// What a number means that is no word's.
    nothing: Rc<str>,
}

impl Words {
    /// A name.
    pub(crate) fn name(&self, name: Name) -> &Rc<str> {
        self.names.get(name.0 as usize).unwrap_or(&self.nothing)
    }

    /// Names in a row.
    pub(crate) fn row(&self, names: Names) -> &[Name] {
        let first = names.first as usize;
        self.rows.get(first..first + names.count as usize).unwrap_or_default()
    }

    /// What a string literal stands for.
    pub(crate) fn constant(&self, constant: Constant) -> Text {
        self.constants.get(constant.0 as usize).cloned().unwrap_or_default()
    }
}

fn short(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_again_is_the_same_one() {
        let text = "Values größe Values".as_bytes();
        let mut words = Collected::default();
        let first = words.name(text, 0, 6);
        let other = words.name(text, 7, 14);
        assert_eq!(first, words.name(text, 15, 21));
        let empty = words.name(text, 6, 6);
        let words = words.of(text);
        assert_eq!([first, other, empty].map(|name| &**words.name(name)), ["Values", "größe", ""]);
    }

    #[test]
    fn literals_are_kept_apart_from_names() {
        let text = br#""a b" "a\tb" `c` "\q""#;
        let mut words = Collected::default();
        let constants = [(0, 5), (6, 12), (13, 16)].map(|(start, end)| words.constant(text, start, end));
        assert_eq!(words.constant(text, 17, 21), None);
        let words = words.of(text);
        let said = constants.map(|constant| constant.map(|constant| words.constant(constant).to_string()));
        assert_eq!(said, ["a b", "a\tb", "c"].map(|said| Some(said.to_owned())));
    }
}
