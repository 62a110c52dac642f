//! The order in which go-yaml writes keys: numbers in them count as numbers, `a9` before `a10`.

use std::cmp::Ordering;
use std::rc::Rc;

use super::emit::Dialect;
use crate::value::Traced;

/// An entry of a map.
pub(super) type Entry = (Rc<str>, Traced);

/// Sorts entries. The order is no order in the strict sense (`10`, `1a`, `9`, `10`): the standard library may refuse
/// to sort by it, and Go's answer for such keys is up to chance.
pub(super) fn sort(entries: Vec<Entry>, dialect: Dialect) -> Vec<Entry> {
    let sorted = entries.windows(2).all(|pair| match pair {
        [a, b] => !less(&b.0, &a.0, dialect),
        _ => true,
    });
    if sorted || entries.len() < 2 {
        return entries;
    }
    let mut left = entries;
    let right = sort(left.split_off(left.len() / 2), dialect);
    let left = sort(left, dialect);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if less(&b.0, &a.0, dialect) { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

/// Whether key `a` is written before key `b`.
fn less(a: &str, b: &str, dialect: Dialect) -> bool {
    let mut common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(common) || !b.is_char_boundary(common) {
        common -= 1;
    }
    let (prefix, a, b) =
        (a.get(..common).unwrap_or_default(), a.get(common..).unwrap_or_default(), b.get(common..).unwrap_or_default());
    let (Some(first_a), Some(first_b)) = (a.chars().next(), b.chars().next()) else { return a.len() < b.len() };
    match (is_letter(first_a), is_letter(first_b)) {
        (true, true) => first_a < first_b,
        (false, false) => number_less(prefix, a, b),
        // v3 writes a letter after a digit first, so that `1a` comes before `12`.
        (a, _) if dialect == Dialect::Pretty && prefix.ends_with(is_digit) => a,
        (_, b) => b,
    }
}

fn number_less(prefix: &str, a: &str, b: &str) -> bool {
    let zeros = a.starts_with('0') || b.starts_with('0');
    let digits_before = prefix.chars().rev().take_while(|&c| is_digit(c));
    let in_number = zeros && digits_before.into_iter().any(|c| c != '0');
    let start = i64::from(in_number);
    let number = |text: &str| {
        let digits = text.chars().take_while(|&c| is_digit(c));
        // Go's numbers run over, too.
        digits.fold((start, 0), |(n, count), digit| {
            (n.wrapping_mul(10).wrapping_add(i64::from(u32::from(digit)) - i64::from(b'0')), count + 1)
        })
    };
    let (number_a, digits_a) = number(a);
    let (number_b, digits_b) = number(b);
    let order =
        number_a.cmp(&number_b).then(digits_a.cmp(&digits_b)).then_with(|| a.chars().next().cmp(&b.chars().next()));
    order == Ordering::Less
}

/// Go's `unicode.IsLetter`, but for marks that count as alphabetic.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !c.is_numeric()
}

/// Go's `unicode.IsDigit`, but for numerals that are no digits. Go takes each for its distance from `0`.
fn is_digit(c: char) -> bool {
    c.is_numeric() && !c.is_alphabetic()
}
