//! Go's `strconv.Quote` and its kin: strings and characters as Go source writes them.
//!
//! Which characters are printable is asked of Rust's tables, which may know a newer Unicode than Go's.

use std::fmt::Write;

/// What is written as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// All printable characters.
    Unicode,
    /// ASCII only, as `%+q` has it.
    Ascii,
}

/// A string in double quotes, escaped as Go does it. Bytes that aren't UTF-8 become `\x…`.
pub fn quote(bytes: &[u8], charset: Charset) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push_escaped(&mut out, c, '"', charset);
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out.push('"');
    out
}

/// A string in double quotes, as `%q` prints it.
pub fn quoted(bytes: &[u8]) -> String {
    quote(bytes, Charset::Unicode)
}

/// A character in single quotes.
pub fn quote_char(c: char, charset: Charset) -> String {
    let mut out = String::from('\'');
    push_escaped(&mut out, c, '\'', charset);
    out.push('\'');
    out
}

/// Whether a string can stand between back quotes.
pub fn can_backquote(bytes: &[u8]) -> bool {
    let plain = |c: char| c == '\t' || c != '`' && c != '\u{7f}' && c != '\u{feff}' && c >= ' ';
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(plain))
}

/// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
pub fn is_printable(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\0'..='\u{9f}' => false,
        _ => {
            // After another character, marks that extend it count as printable too.
            let mut buffer = [b'a'; 5];
            let len = buffer.get_mut(1..).map_or(0, |rest| c.encode_utf8(rest).len());
            let text = buffer.get(..=len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            text.escape_debug().nth(1) == Some(c)
        }
    }
}

fn push_escaped(out: &mut String, c: char, quote: char, charset: Charset) {
    if c == quote || c == '\\' {
        out.push('\\');
        out.push(c);
    } else if is_printable(c) && (charset == Charset::Unicode || c.is_ascii()) {
        out.push(c);
    } else if let Some(letter) = letter(c) {
        out.push('\\');
        out.push(letter);
    } else {
        // Writing to a string doesn't fail.
        let _ = match u32::from(c) {
            code @ (0..=0x1f | 0x7f) => write!(out, "\\x{code:02x}"),
            code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
            code => write!(out, "\\U{code:08x}"),
        };
    }
}

fn letter(c: char) -> Option<char> {
    Some(match c {
        '\x07' => 'a',
        '\x08' => 'b',
        '\x0c' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\x0b' => 'v',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_as_go_quotes() {
        for (bytes, unicode, ascii) in [
            ("hé\n\0\u{200b}".as_bytes(), r#""hé\n\x00\u200b""#, r#""h\u00e9\n\x00\u200b""#),
            (b"a\"b\\c'\x7f\xff", r#""a\"b\\c'\x7f\xff""#, r#""a\"b\\c'\x7f\xff""#),
            (
                "e\u{301}\u{301}😀\u{a0}\u{ad}".as_bytes(),
                "\"e\u{301}\u{301}😀\\u00a0\\u00ad\"",
                r#""e\u0301\u0301\U0001f600\u00a0\u00ad""#,
            ),
        ] {
            assert_eq!(quote(bytes, Charset::Unicode), unicode);
            assert_eq!(quote(bytes, Charset::Ascii), ascii);
        }
        assert_eq!(quote_char('\'', Charset::Unicode), r"'\''");
    }
}
