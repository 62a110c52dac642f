//! ASN.1 in its distinguished encoding (DER), as far as keys and certificates use it.

/// The tags that occur.
pub(super) mod tag {
    pub const BOOLEAN: u8 = 0x01;
    pub const INTEGER: u8 = 0x02;
    pub const BIT_STRING: u8 = 0x03;
    pub const OCTET_STRING: u8 = 0x04;
    pub const NULL: u8 = 0x05;
    pub const OBJECT: u8 = 0x06;
    pub const UTF8_STRING: u8 = 0x0c;
    pub const PRINTABLE_STRING: u8 = 0x13;
    pub const UTC_TIME: u8 = 0x17;
    pub const GENERALIZED_TIME: u8 = 0x18;
    pub const SEQUENCE: u8 = 0x30;
    pub const SET: u8 = 0x31;

    /// `[n]` around another element.
    pub const fn explicit(number: u8) -> u8 {
        0xa0 | number
    }

    /// `[n]` instead of a tag of one's own.
    pub const fn implicit(number: u8) -> u8 {
        0x80 | number
    }
}

/// An element: tag, length, content.
pub(super) fn element(tag: u8, content: &[&[u8]]) -> Vec<u8> {
    let length: usize = content.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    if let Ok(short @ 0..0x80) = u8::try_from(length) {
        out.push(short);
    } else {
        let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|&byte| byte == 0).collect();
        out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(0));
        out.extend(bytes);
    }
    for part in content {
        out.extend_from_slice(part);
    }
    out
}

pub(super) fn sequence(content: &[&[u8]]) -> Vec<u8> {
    element(tag::SEQUENCE, content)
}

/// A natural number, by its bytes, the highest first.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let bytes = bytes.get(zeros..).unwrap_or_default();
    let sign: &[u8] = if bytes.first().is_none_or(|&first| first >= 0x80) { &[0] } else { &[] };
    element(tag::INTEGER, &[sign, bytes])
}

/// A string of whole bytes as bits.
pub(super) fn bit_string(bytes: &[u8]) -> Vec<u8> {
    element(tag::BIT_STRING, &[&[0], bytes])
}

/// Reads one element after the other.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether the next element has this tag.
    pub fn is_at(self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    /// The content of the next element, which must have this tag.
    pub fn content(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next(tag).map(|(_, content)| content)
    }

    /// The next element whole.
    pub fn whole(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next(tag).map(|(whole, _)| whole)
    }

    /// What is inside the next element.
    pub fn inside(&mut self, tag: u8) -> Option<Self> {
        self.content(tag).map(Self)
    }

    /// A natural number's bytes, the highest first.
    pub fn natural(&mut self) -> Option<&'a [u8]> {
        self.content(tag::INTEGER).filter(|bytes| bytes.first().is_some_and(|&first| first < 0x80))
    }

    /// A string of whole bytes out of bits.
    pub fn bits(&mut self) -> Option<&'a [u8]> {
        let (unused, bytes) = self.content(tag::BIT_STRING)?.split_first()?;
        (*unused == 0).then_some(bytes)
    }

    fn next(&mut self, tag: u8) -> Option<(&'a [u8], &'a [u8])> {
        let all = self.0;
        let (&found, rest) = all.split_first()?;
        let (&first, mut rest) = rest.split_first()?;
        let mut length = usize::from(first);
        if first >= 0x80 {
            /// No text that reaches us is longer than these can say.
            const LONGEST: usize = 4;
            let count = usize::from(first & 0x7f);
            let (bytes, after) = rest.split_at_checked(count).filter(|_| (1..=LONGEST).contains(&count))?;
            length =
                bytes.iter().try_fold(0_usize, |length, &byte| length.checked_mul(256)?.checked_add(byte.into()))?;
            rest = after;
        }
        let (content, after) = rest.split_at_checked(length).filter(|_| found == tag)?;
        let whole = all.get(..all.len() - after.len())?;
        self.0 = after;
        Some((whole, content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let long = vec![7; 300];
        let written = sequence(&[&integer(&[0, 0x80]), &element(tag::OCTET_STRING, &[&long])]);
        assert_eq!(written.get(..8), Some(&[0x30, 0x82, 0x01, 0x34, 0x02, 0x02, 0x00, 0x80][..]));
        let mut reader = Reader(&written).inside(tag::SEQUENCE).unwrap();
        assert_eq!(reader.natural(), Some(&[0, 0x80][..]));
        assert_eq!(reader.content(tag::OCTET_STRING), Some(long.as_slice()));
        assert!(reader.is_empty());
        for cut in 0..written.len() {
            assert!(Reader(&written[..cut]).content(tag::SEQUENCE).is_none());
        }
    }
}
