//! Go's `strconv.Unquote` and `UnquoteChar`.

/// What a string literal with its quotes stands for; `None` where Go says "invalid syntax".
pub(super) fn unquote(literal: &[u8]) -> Option<Vec<u8>> {
    match literal {
        [b'`', inner @ .., b'`'] => Some(inner.iter().copied().filter(|&byte| byte != b'\r').collect()),
        [b'"', inner @ .., b'"'] => unescape(inner),
        _ => None,
    }
}

fn unescape(inner: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while !rest.is_empty() {
        let (unit, after) = unquote_char(rest, b'"')?;
        match unit {
            Unit::Byte(byte) => out.push(byte),
            Unit::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = after;
    }
    Some(out)
}

/// What one character or escape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A byte, as `\xff` gives it.
    Byte(u8),
    Char(char),
}

impl Unit {
    /// The number that a character constant has.
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Byte(byte) => u32::from(byte),
            Self::Char(c) => u32::from(c),
        }
    }
}

/// The first character or escape of a literal between `quote`s, and what follows it.
pub(super) fn unquote_char(text: &[u8], quote: u8) -> Option<(Unit, &[u8])> {
    match text {
        [first, ..] if *first == quote => None,
        [b'\\', escape, rest @ ..] => unescape_char(*escape, rest, quote),
        [b'\\'] => None,
        _ => {
            let (c, width) = super::lex::decode(text)?;
            Some((Unit::Char(c), text.get(width..)?))
        }
    }
}

fn unescape_char(escape: u8, rest: &[u8], quote: u8) -> Option<(Unit, &[u8])> {
    let byte = match escape {
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' => b'\\',
        b'"' | b'\'' if escape == quote => quote,
        b'x' => return digits(rest, 2, 16).and_then(|(n, rest)| Some((Unit::Byte(u8::try_from(n).ok()?), rest))),
        b'u' | b'U' => {
            let (n, rest) = digits(rest, if escape == b'u' { 4 } else { 8 }, 16)?;
            return Some((Unit::Char(char::from_u32(n)?), rest));
        }
        b'0'..=b'7' => {
            let (n, rest) = digits(rest, 2, 8)?;
            let n = u32::from(escape - b'0') * 64 + n;
            return Some((Unit::Byte(u8::try_from(n).ok()?), rest));
        }
        _ => return None,
    };
    Some((Unit::Byte(byte), rest))
}

/// A number of exactly `count` digits.
fn digits(text: &[u8], count: usize, base: u32) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(count)?;
    let mut n: u32 = 0;
    for &digit in digits {
        n = n.checked_mul(base)?.checked_add(char::from(digit).to_digit(base)?)?;
    }
    Some((n, rest))
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn literals_as_go_reads_them() {
        for (literal, want) in [
            (r#""a\tb\\\"""#, Some(&b"a\tb\\\""[..])),
            (r#""\xff\101\u00e9\U0001F600""#, Some(&b"\xffA\xc3\xa9\xf0\x9f\x98\x80"[..])),
            ("`a\\n\r\nb`", Some(&b"a\\n\nb"[..])),
            (r#""\'""#, None),
            (r#""\400""#, None),
            (r#""\ud800""#, None),
            (r#""\x4""#, None),
            (r#""\q""#, None),
        ] {
            assert_eq!(unquote(literal.as_bytes()).as_deref(), want, "{literal}");
        }
    }
}
