//! Numbers as Go reads and writes them, and base64.

use super::resolve::Scalar;
use crate::value::format::{FloatForm, format_float};

/// Text that begins with a sign or a digit: integer in any of Go's bases, float, or just text.
pub(super) fn parse(text: &str) -> Scalar {
    let without;
    let plain = if text.contains('_') {
        without = text.replace('_', "");
        &without
    } else {
        text
    };
    if let Some(n) = parse_int(plain) {
        return n;
    }
    parse_float(plain).map_or(Scalar::Text, Scalar::Float)
}

/// `strconv.ParseInt` and `ParseUint` with base 0.
fn parse_int(text: &str) -> Option<Scalar> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (Some(true), text.get(1..)?),
        b'+' => (Some(false), text.get(1..)?),
        _ => (None, text),
    };
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, digits.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, digits.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, digits.get(2..)?),
        [b'0', _, ..] => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, base).ok()?;
    match sign {
        Some(true) => 0_i64.checked_sub_unsigned(magnitude).map(Scalar::Int),
        Some(false) => i64::try_from(magnitude).ok().map(Scalar::Int),
        None => Some(i64::try_from(magnitude).map_or(Scalar::Uint(magnitude), Scalar::Int)),
    }
}

/// What YAML calls a float: digits with or without a point, and an exponent.
fn parse_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let number = digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    if !number || exponent.is_some_and(|exponent| exponent.is_empty() || !digits(exponent)) {
        return None;
    }
    finite(text)
}

/// `strconv.ParseFloat` of a text that begins with a point. Underscores may stand between digits.
pub(super) fn parse_dotted(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let lonely = |at: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let before = (0..at).rev().find(|&at| bytes.get(at) != Some(&b'_'));
        !(digit(before.filter(|&before| before + 1 == at)) && digit(Some(at + 1)))
    };
    let underscores = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'_');
    if underscores.map(|(at, _)| at).any(lonely) {
        return None;
    }
    parse_float(&text.replace('_', ""))
}

/// A float that is in range: Go refuses those that aren't.
fn finite(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|n| n.is_finite())
}

/// Go's `FormatFloat(n, 'g', -1, 64)`, with YAML's words for what is no number.
pub(super) fn float(n: f64) -> String {
    worded(format_float(n, FloatForm::General, None))
}

/// The same in single precision, which is how sigs.k8s.io/yaml makes keys and strings of floats.
pub(super) fn short_float(n: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "as Go rounds")]
    let single = n as f32;
    // The shortest digits of the single are fewer than those of the double that equals it.
    let digits = if single.is_finite() { format!("{single:e}").parse().unwrap_or(n) } else { f64::from(single) };
    float(digits)
}

fn worded(text: String) -> String {
    match text.as_str() {
        "NaN" => ".nan".to_owned(),
        "+Inf" => ".inf".to_owned(),
        "-Inf" => "-.inf".to_owned(),
        _ => text,
    }
}

/// Bytes as UTF-8, with one replacement character for each byte that isn't.
pub(super) fn valid_utf8(bytes: &[u8]) -> String {
    let mut valid = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        valid.push_str(chunk.valid());
        valid.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    valid
}

/// Standard base64 with padding; line ends don't count.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let symbols: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let (quads, rest) = symbols.as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(quads.len() * 3);
    for (at, quad) in quads.iter().enumerate() {
        let padding = quad.iter().rev().take_while(|&&symbol| symbol == b'=').count();
        if padding > 2 || (padding > 0 && at + 1 != quads.len()) {
            return None;
        }
        let mut bits = 0_u32;
        for &symbol in quad.iter().take(4 - padding) {
            bits = (bits << 6) | u32::from(sextet(symbol)?);
        }
        bits <<= 6 * padding;
        bytes.extend(bits.to_be_bytes().iter().skip(1).take(3 - padding));
    }
    Some(bytes)
}

fn sextet(symbol: u8) -> Option<u8> {
    match symbol {
        b'A'..=b'Z' => Some(symbol - b'A'),
        b'a'..=b'z' => Some(symbol - b'a' + 26),
        b'0'..=b'9' => Some(symbol - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Standard base64 with padding.
pub(super) fn encode_base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_usize, |bits, &byte| (bits << 8) | usize::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let symbol = if at <= chunk.len() { ALPHABET.get((bits >> (18 - 6 * at)) & 63) } else { None };
            text.push(symbol.map_or('=', |&symbol| char::from(symbol)));
        }
    }
    text
}
