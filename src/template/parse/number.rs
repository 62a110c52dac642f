//! Numeric constants, under each type that can represent them, as Go's ideal constants are.

use super::error::ParseErrorKind;
use super::node::{At, Number};
use super::token::TokenKind;
use super::unquote::unquote_char;
use crate::value::format::{parse_float, parse_int, parse_uint};

/// Reads the constant that `text` writes.
pub(super) fn number(at: At, text: &[u8], kind: TokenKind) -> Result<Number, ParseErrorKind> {
    let mut number = match kind {
        TokenKind::CharConstant => character(text)?,
        TokenKind::Complex => complex(text)?,
        _ => simple(text)?,
    };
    number.at = at;
    Ok(number)
}

fn character(text: &[u8]) -> Result<Number, ParseErrorKind> {
    let (unit, tail) = unquote_char(text.get(1..).unwrap_or_default(), b'\'').ok_or(ParseErrorKind::InvalidSyntax)?;
    if tail != b"'" {
        return Err(ParseErrorKind::MalformedCharacter(lossy(text)));
    }
    let code = unit.code();
    Ok(Number {
        int: Some(i64::from(code)),
        uint: Some(u64::from(code)),
        float: Some(f64::from(code)),
        ..Number::default()
    })
}

/// `1+2i`. The sign in the middle is the last one that isn't an exponent's.
fn complex(text: &[u8]) -> Result<Number, ParseErrorKind> {
    let syntax = || ParseErrorKind::IllegalNumber(text.to_vec());
    let middle = (1..text.len()).rev().find(|&at| {
        matches!(text.get(at), Some(b'+' | b'-')) && !matches!(text.get(at - 1), Some(b'e' | b'E' | b'p' | b'P'))
    });
    let (real, imaginary) = text.split_at_checked(middle.ok_or_else(syntax)?).ok_or_else(syntax)?;
    let imaginary = imaginary.strip_suffix(b"i").ok_or_else(syntax)?;
    let part = |text: &[u8]| parse_float(text).map_err(|_| syntax());
    Ok(from_complex(part(real)?, part(imaginary)?))
}

/// A complex constant, and what else it can be where nothing is imaginary about it.
fn from_complex(real: f64, imaginary: f64) -> Number {
    let mut number = Number { complex: Some((real, imaginary)), ..Number::default() };
    if imaginary == 0.0 {
        number.float = Some(real);
        number.int = exact_int(real);
        number.uint = exact_uint(real);
    }
    number
}

fn simple(text: &[u8]) -> Result<Number, ParseErrorKind> {
    if let Some(imaginary) = text.strip_suffix(b"i").and_then(|text| parse_float(text).ok()) {
        return Ok(Number { written_as_float: written_as_float(text), ..from_complex(0.0, imaginary) });
    }
    let mut number = Number {
        int: parse_int(text, 0).ok(),
        uint: parse_uint(text, 0).ok(),
        written_as_float: written_as_float(text),
        ..Number::default()
    };
    if number.int == Some(0) {
        number.uint = Some(0);
    }
    #[allow(clippy::cast_precision_loss)] // as Go converts
    if let Some(float) = number.int.map(|n| n as f64).or(number.uint.map(|n| n as f64)) {
        number.float = Some(float);
        return Ok(number);
    }
    let Ok(float) = parse_float(text) else { return Err(ParseErrorKind::IllegalNumber(text.to_vec())) };
    if !text.iter().any(|byte| b".eEpP".contains(byte)) {
        return Err(ParseErrorKind::IntegerOverflow(text.to_vec()));
    }
    number.float = Some(float);
    number.int = exact_int(float);
    number.uint = exact_uint(float);
    Ok(number)
}

/// Whether a constant of no given type is a float: by its looks, apart from hexadecimal integers.
fn written_as_float(text: &[u8]) -> bool {
    let is_hexadecimal_int =
        matches!(text, [b'0', b'x' | b'X', _, ..]) && !text.iter().any(|byte| b"pP".contains(byte));
    !is_hexadecimal_int && text.iter().any(|byte| b".eEpP".contains(byte))
}

#[allow(clippy::cast_possible_truncation, clippy::float_cmp)]
fn exact_int(float: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    ((-LIMIT..LIMIT).contains(&float) && float.trunc() == float).then_some(float as i64)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::float_cmp)]
fn exact_uint(float: f64) -> Option<u64> {
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    ((0.0..LIMIT).contains(&float) && float.trunc() == float).then_some(float as u64)
}

fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}
