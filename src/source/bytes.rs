//! Looking for bytes in bytes, and reading them.

use std::borrow::Cow;

/// Where `needle` first stands in `haystack`.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    const LONG: usize = 6;
    if needle.len() >= LONG { find_long(haystack, needle) } else { find_short(haystack, needle) }
}

/// Of a long one most bytes needn't be looked at: the last byte of a place says how far off the next one is (Horspool).
fn find_long(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (&last, before) = needle.split_last()?;
    let mut steps = [needle.len(); 256];
    for (at, &byte) in before.iter().enumerate() {
        if let Some(step) = steps.get_mut(usize::from(byte)) {
            *step = before.len() - at;
        }
    }
    let mut at = 0;
    loop {
        let &end = haystack.get(at + before.len())?;
        if end == last && haystack.get(at..).is_some_and(|rest| rest.starts_with(before)) {
            return Some(at);
        }
        at += steps.get(usize::from(end))?;
    }
}

/// Of a short one most places are ruled out by its first byte.
fn find_short(haystack: &[u8], needle: &[u8]) -> Option<usize> {
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
        assert_eq!(find(b"a banana banan", b"banana"), Some(2));
        assert_eq!(find(b"abababcababac.ababacb", b"ababacb"), Some(14));
        assert_eq!(find(b"banan", b"banana"), None);
        let long = [b"-".repeat(1000), b"xy".to_vec(), b"-".repeat(1000)].concat();
        assert_eq!(find(&long, b"xy"), Some(1000));
        assert_eq!(find(&long, b"xz"), None);
    }
}
