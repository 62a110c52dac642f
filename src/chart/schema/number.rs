//! Numbers in messages, as Go's package for languages writes them in English: `1,234.5`, `1×10⁰⁶`.

use crate::value::format::{FloatForm, format_float};

/// A number.
pub(super) fn shown(n: f64) -> String {
    let text = format_float(n, FloatForm::General, None);
    match text.split_once('e') {
        None => grouped(&text),
        Some((digits, exponent)) => {
            format!("{digits}×10{}", exponent.chars().filter_map(superscript).collect::<String>())
        }
    }
}

/// A count.
pub(super) fn count(n: usize) -> String {
    grouped(&n.to_string())
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

fn superscript(c: char) -> Option<char> {
    match c {
        '-' => Some('⁻'),
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '0' | '4'..='9' => char::from_u32(0x2070 + c.to_digit(10)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_english() {
        let numbers = [4.0, 1e6, 1234.5, -0.1, 1e-7, 99999.0, 1_234_567.0].map(shown);
        assert_eq!(numbers, ["4", "1×10⁰⁶", "1,234.5", "-0.1", "1×10⁻⁰⁷", "99,999", "1.234567×10⁰⁶"]);
    }
}
