//! Go's `strconv.ParseInt`, `ParseFloat` and `ParseBool`, with their error texts.

use std::fmt;

use super::quote::{Charset, quote};

/// Why a text is not a number. `Display` is Go's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumError {
    /// Go's function: `ParseInt`, `Atoi`, …
    pub function: &'static str,
    /// What was to be parsed.
    pub input: Vec<u8>,
    /// What is wrong with it.
    pub kind: NumErrorKind,
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumErrorKind {
    /// It isn't one.
    Syntax,
    /// It is too large; Go returns the limit as well.
    Range,
}

impl fmt::Display for NumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.kind {
            NumErrorKind::Syntax => "invalid syntax",
            NumErrorKind::Range => "value out of range",
        };
        write!(f, "strconv.{}: parsing {}: {why}", self.function, quote(&self.input, Charset::Unicode))
    }
}

/// A number, or an error together with what Go returns beside it: zero, or the limit that was exceeded.
pub type Parsed<T> = Result<T, (NumError, T)>;

fn fail<T>(function: &'static str, input: &[u8], kind: NumErrorKind, value: T) -> Parsed<T> {
    Err((NumError { function, input: input.to_vec(), kind }, value))
}

/// `strconv.ParseInt(s, base, 64)`. Base 0 reads the base off a prefix (`0x`, `0o`, `0b`, `0`) and allows underscores.
pub fn parse_int(input: &[u8], base: u32) -> Parsed<i64> {
    parse_signed("ParseInt", input, base)
}

/// `strconv.Atoi`.
pub fn atoi(input: &[u8]) -> Parsed<i64> {
    parse_signed("Atoi", input, 10)
}

/// `strconv.ParseUint(s, base, 64)`.
pub fn parse_uint(input: &[u8], base: u32) -> Parsed<u64> {
    unsigned(input, base).or_else(|(kind, value)| fail("ParseUint", input, kind, value))
}

fn parse_signed(function: &'static str, input: &[u8], base: u32) -> Parsed<i64> {
    let (negative, digits) = match input {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, input),
    };
    let magnitude = match unsigned(digits, base) {
        Ok(magnitude) | Err((NumErrorKind::Range, magnitude)) => magnitude,
        Err((NumErrorKind::Syntax, _)) => return fail(function, input, NumErrorKind::Syntax, 0),
    };
    let value = if negative { 0i64.checked_sub_unsigned(magnitude) } else { 0i64.checked_add_unsigned(magnitude) };
    let limit = if negative { i64::MIN } else { i64::MAX };
    value.map_or_else(|| fail(function, input, NumErrorKind::Range, limit), Ok)
}

fn unsigned(input: &[u8], base: u32) -> Result<u64, (NumErrorKind, u64)> {
    const SYNTAX: (NumErrorKind, u64) = (NumErrorKind::Syntax, 0);
    let (actual, digits) = if base == 0 { prefixed(input) } else { (base, input) };
    if digits.is_empty() {
        return Err(SYNTAX);
    }
    let mut value = Some(0u64);
    for &byte in digits {
        if byte == b'_' && base == 0 {
            continue;
        }
        let digit = char::from(byte).to_digit(36).filter(|&digit| digit < actual).ok_or(SYNTAX)?;
        value = value.and_then(|value| value.checked_mul(u64::from(actual))?.checked_add(u64::from(digit)));
    }
    if base == 0 && !underscores_fit(input) {
        return Err(SYNTAX);
    }
    value.ok_or((NumErrorKind::Range, u64::MAX))
}

/// The base that a prefix names, and what follows the prefix.
fn prefixed(input: &[u8]) -> (u32, &[u8]) {
    match input {
        [b'0', b'x' | b'X', rest @ ..] if !rest.is_empty() => (16, rest),
        [b'0', b'b' | b'B', rest @ ..] if !rest.is_empty() => (2, rest),
        [b'0', b'o' | b'O', rest @ ..] | [b'0', rest @ ..] if !rest.is_empty() => (8, rest),
        _ => (10, input),
    }
}

/// Underscores stand between digits, or between a base prefix and a digit.
fn underscores_fit(input: &[u8]) -> bool {
    let unsigned = input.strip_prefix(b"-").or_else(|| input.strip_prefix(b"+")).unwrap_or(input);
    let (hexadecimal, rest, mut before) = match unsigned {
        [b'0', b'x' | b'X', rest @ ..] => (true, rest, b'0'),
        [b'0', b'o' | b'O' | b'b' | b'B', rest @ ..] => (false, rest, b'0'),
        _ => (false, unsigned, b'^'),
    };
    for &byte in rest {
        let is_digit = byte.is_ascii_digit() || hexadecimal && byte.is_ascii_hexdigit();
        before = match byte {
            b'_' if before != b'0' => return false,
            b'_' => b'_',
            _ if is_digit => b'0',
            _ if before == b'_' => return false,
            _ => b'!',
        };
    }
    before != b'_'
}

/// `strconv.ParseBool`.
pub fn parse_bool(input: &[u8]) -> Result<bool, NumError> {
    match input {
        b"1" | b"t" | b"T" | b"TRUE" | b"true" | b"True" => Ok(true),
        b"0" | b"f" | b"F" | b"FALSE" | b"false" | b"False" => Ok(false),
        _ => Err(NumError { function: "ParseBool", input: input.to_vec(), kind: NumErrorKind::Syntax }),
    }
}

/// `strconv.ParseFloat(s, 64)`.
pub fn parse_float(input: &[u8]) -> Parsed<f64> {
    let syntax = || fail("ParseFloat", input, NumErrorKind::Syntax, 0.0);
    let Ok(text) = std::str::from_utf8(input) else { return syntax() };
    if let Some(special) = special(text) {
        return Ok(special);
    }
    if !underscores_fit(input) {
        return syntax();
    }
    let plain: String = text.chars().filter(|&c| c != '_').collect();
    let unsigned = plain.trim_start_matches(['+', '-']);
    let is_hexadecimal = unsigned.starts_with("0x") || unsigned.starts_with("0X");
    let value = if is_hexadecimal { hexadecimal(&plain) } else { decimal(&plain) };
    match value {
        None => syntax(),
        Some(value) if value.is_infinite() => fail("ParseFloat", input, NumErrorKind::Range, value),
        Some(value) => Ok(value),
    }
}

fn special(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (sign, name) = match lower.strip_prefix('-') {
        Some(name) => (-1.0, name),
        None => (1.0, lower.strip_prefix('+').unwrap_or(&lower)),
    };
    match name {
        "inf" | "infinity" => Some(sign * f64::INFINITY),
        "nan" if name.len() == lower.len() => Some(f64::NAN),
        _ => None,
    }
}

/// Rust reads the same numbers as Go here, once names like `inf` are out of the way.
fn decimal(text: &str) -> Option<f64> {
    let fits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse().ok().filter(|_| fits)
}

/// `0x1.8p3`: the exponent is obligatory; digits beyond the 60th bit only tell which way to round.
fn hexadecimal(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = text.get(2..)?.split_once(['p', 'P'])?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // An exponent beyond this gives zero or infinity whatever the digits are.
    let mut power: i64 = exponent.parse::<i64>().unwrap_or(i64::MAX).clamp(-1_000_000_000, 1_000_000_000);
    if exponent.starts_with('-') && power > 0 {
        power = -1_000_000_000;
    }
    let mut bits = 0u64;
    for (digit, is_fraction) in whole.chars().map(|c| (c, false)).chain(fraction.chars().map(|c| (c, true))) {
        let digit = u64::from(digit.to_digit(16)?);
        if bits >> 60 == 0 {
            bits = bits << 4 | digit;
            power -= if is_fraction { 4 } else { 0 };
        } else {
            bits |= u64::from(digit != 0);
            power += if is_fraction { 0 } else { 4 };
        }
    }
    let magnitude = scaled(bits, power);
    Some(if negative { -magnitude } else { magnitude })
}

/// `bits · 2^power`, rounded once, halves to even.
fn scaled(bits: u64, power: i64) -> f64 {
    if bits == 0 {
        return 0.0;
    }
    let width = i64::from(64 - bits.leading_zeros());
    let top = width + power;
    // Below the normal range fewer bits are kept.
    let kept = if top > -1022 { 53 } else { 53 - (-1021 - top) };
    let dropped = width - kept.max(-1);
    let mantissa = if dropped <= 0 {
        bits
    } else if dropped > 64 {
        0
    } else {
        let shift = u32::try_from(dropped).unwrap_or(64);
        let quotient = bits.checked_shr(shift).unwrap_or(0);
        let rest = bits - quotient.checked_shl(shift).unwrap_or(0);
        let half = 1u64 << (shift - 1);
        quotient + u64::from(rest > half || rest == half && quotient & 1 == 1)
    };
    #[allow(clippy::cast_precision_loss)] // at most 53 bits are left
    let exact = mantissa as f64;
    let power = power + dropped.max(0);
    let half = i32::try_from((power / 2).clamp(-1100, 1100)).unwrap_or(0);
    let rest = i32::try_from((power - i64::from(half)).clamp(-1100, 1100)).unwrap_or(0);
    exact * 2f64.powi(half) * 2f64.powi(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_as_go_reads_them() {
        for (text, base, value) in [
            ("42", 10, 42),
            ("-42", 10, -42),
            ("+7", 10, 7),
            ("017", 0, 15),
            ("0x_1F", 0, 31),
            ("1_000", 0, 1000),
            ("0b101", 0, 5),
            ("777", 8, 511),
            ("-9223372036854775808", 10, i64::MIN),
        ] {
            assert_eq!(parse_int(text.as_bytes(), base), Ok(value), "{text}");
        }
        for (text, base, value, why) in [
            ("", 10, 0, "invalid syntax"),
            ("08", 0, 0, "invalid syntax"),
            ("1_000", 10, 0, "invalid syntax"),
            ("1__0", 0, 0, "invalid syntax"),
            ("1.5", 0, 0, "invalid syntax"),
            ("9223372036854775808", 10, i64::MAX, "value out of range"),
        ] {
            let (error, got) = parse_int(text.as_bytes(), base).unwrap_err();
            assert_eq!((got, error.to_string()), (value, format!("strconv.ParseInt: parsing \"{text}\": {why}")));
        }
    }

    #[test]
    fn floats_as_go_reads_them() {
        for (text, value) in [
            ("1.5", 1.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("1_000.5", 1000.5),
            ("0x1p4", 16.0),
            ("0x1_0p4", 256.0),
            ("-0x.8p1", -1.0),
            ("0x1.fffffffffffff8p0", 2.0),
            ("0x1p-1074", 5e-324),
            ("0x1p-1075", 0.0),
            ("0x1.8p-1074", 1e-323),
            ("0x1p1023", 8.988_465_674_311_58e307),
            ("-Infinity", f64::NEG_INFINITY),
        ] {
            assert_eq!(parse_float(text.as_bytes()), Ok(value), "{text}");
        }
        for text in ["", ".", "1e", "0x1", "0x", "+nan", "1_", "e5", "1f", "--1", "0xp1"] {
            assert!(parse_float(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse_float(b"1e400").unwrap_err().1.is_infinite());
    }
}
