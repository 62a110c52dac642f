//! Go's `strconv.Quote`: what `%q` prints for a string.

use std::fmt::Write;

/// The bytes as a Go string literal.
pub fn quote(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push_char(&mut out, c);
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out.push('"');
    out
}

/// Whether Go counts the character as printable: letters, marks, numbers, punctuation, symbols, and the space.
pub fn is_printable(c: char) -> bool {
    // The standard library escapes what isn't printable, and marks where they stand first: hence the letter before.
    let text = ['a', c].iter().collect::<String>();
    matches!(c, '"' | '\'' | '\\') || text.escape_debug().eq(['a', c])
}

fn push_char(out: &mut String, c: char) {
    let _ = match c {
        '"' | '\\' => write!(out, "\\{c}"),
        '\x07' => write!(out, "\\a"),
        '\x08' => write!(out, "\\b"),
        '\x0c' => write!(out, "\\f"),
        '\n' => write!(out, "\\n"),
        '\r' => write!(out, "\\r"),
        '\t' => write!(out, "\\t"),
        '\x0b' => write!(out, "\\v"),
        c if is_printable(c) => write!(out, "{c}"),
        c if c < ' ' || c == '\x7f' => write!(out, "\\x{:02x}", u32::from(c)),
        c if u32::from(c) < 0x1_0000 => write!(out, "\\u{:04x}", u32::from(c)),
        c => write!(out, "\\U{:08x}", u32::from(c)),
    };
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn strings_are_quoted_as_go_does() {
        let cases: [(&[u8], &str); 6] = [
            (b"a\"b\\c'", r#""a\"b\\c'""#),
            (b"\x00\x07\n\x7f", r#""\x00\a\n\x7f""#),
            ("é😀e\u{301}".as_bytes(), "\"é😀e\u{301}\""),
            ("\u{200b}\u{a0}".as_bytes(), r#""\u200b\u00a0""#),
            (b"\xff", r#""\xff""#),
            ("\u{e0001}".as_bytes(), r#""\U000e0001""#),
        ];
        for (bytes, want) in cases {
            assert_eq!(quote(bytes), want);
        }
    }
}
