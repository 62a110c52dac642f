//! Where a place in a text is after the text was changed.

/// The byte of `new` where the byte `at` of `old` has come to. What was changed itself leads to the beginning of the
/// change.
pub fn moved(old: &str, new: &str, at: usize) -> usize {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    if at < same {
        return at;
    }
    if at >= old.len() - tail { (at + new.len()).saturating_sub(old.len()) } else { same.min(new.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_moves_with_its_text() {
        let at =
            |old: &str, new: &str, word: &str| new.get(moved(old, new, old.find(word).unwrap())..).unwrap().to_owned();
        assert_eq!(at("a: 1\nb: 2\n", "a: 100\nb: 2\n", "b"), "b: 2\n");
        assert_eq!(at("a: 1\nb: 2\n", "a: 1\nb: 20\n", "a"), "a: 1\nb: 20\n");
        assert_eq!(at("a: 1\nb: 2\n", "b: 2\n", "b"), "b: 2\n");
        assert_eq!(at("x\na: 1\nb: 2\n", "x\nb: 2\n", "a"), "b: 2\n");
        assert_eq!(moved("abc", "", 2), 0);
    }
}
