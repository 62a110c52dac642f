//! What a regular expression looks at. Go takes a byte that isn't part of a character for U+FFFD, and gives back the
//! byte itself; the crate looks at a text in which U+FFFD stands, and what it finds is looked up in the original.

use std::borrow::Cow;

use super::text::characters;

/// A text as the crate reads it.
pub(super) struct Subject<'a> {
    readable: Cow<'a, str>,
    /// For every byte that isn't part of a character: its place, and how many bytes the readable text is longer behind it.
    replaced: Vec<(usize, usize)>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Self { readable: text.into(), replaced: Vec::new() };
        }
        let (mut readable, mut replaced) = (String::new(), Vec::new());
        for (at, c) in characters(bytes) {
            readable.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
            if c.is_none() {
                replaced.push((readable.len(), readable.len() - at - 1));
            }
        }
        Self { readable: readable.into(), replaced }
    }

    /// The text to search.
    pub(super) fn bytes(&self) -> &[u8] {
        self.readable.as_bytes()
    }

    /// The same as text.
    pub(super) fn text(&self) -> &str {
        &self.readable
    }

    /// The place in the original of a place in the readable text, which lies between two characters.
    pub(super) fn original(&self, place: usize) -> usize {
        let before = self.replaced.partition_point(|&(end, _)| end <= place);
        let longer = before.checked_sub(1).and_then(|last| self.replaced.get(last));
        place - longer.map_or(0, |&(_, longer)| longer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_bytes() {
        let bytes = b"a\xff\xc3\xa9\xfeb";
        let subject = Subject::new(bytes);
        assert_eq!(subject.bytes(), "a\u{fffd}é\u{fffd}b".as_bytes());
        assert_eq!([0, 1, 4, 6, 9, 10].map(|place| subject.original(place)), [0, 1, 2, 4, 5, 6]);
    }
}
