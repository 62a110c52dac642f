//! Looking for bytes in bytes, and reading them.

use std::borrow::Cow;

/// Where `needle` first stands in `haystack`. Most places are ruled out by its first byte.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (&first, others) = needle.split_first()?;
    let mut from = 0;
    loop {
        let rest = haystack.get(from..)?;
        let at = from + position(rest, first)?;
        if haystack.get(at + 1..).is_some_and(|after| after.starts_with(others)) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Bytes as text, with a replacement character for what isn't UTF-8. Of those that are, nothing is copied, and they are
/// looked through quicker than `String::from_utf8_lossy` does it.
pub fn readable(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Where a byte first stands. To ask whether a piece holds it is quicker than to look at byte after byte.
fn position(haystack: &[u8], wanted: u8) -> Option<usize> {
    const PIECE: usize = 256;
    let piece = haystack.chunks(PIECE).position(|piece| piece.contains(&wanted))?;
    let start = piece * PIECE;
    haystack.get(start..)?.iter().position(|&byte| byte == wanted).map(|at| start + at)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_first_place_counts_and_a_beginning_is_not_enough() {
        assert_eq!(find(b"{ {{ {{", b"{{"), Some(2));
        assert_eq!(find(b"aab", b"ab"), Some(1));
        assert_eq!(find(b"a{", b"{{"), None);
        assert_eq!(find(b"", b"x"), None);
        let long = [b"-".repeat(1000), b"xy".to_vec(), b"-".repeat(1000)].concat();
        assert_eq!(find(&long, b"xy"), Some(1000));
        assert_eq!(find(&long, b"xz"), None);
    }
}
