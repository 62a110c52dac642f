//! Conversions between types as spf13/cast 1.7 makes them. What can't be converted is zero.

use crate::value::Value;
use crate::value::format::{parse_float, parse_int};

/// `cast.ToInt64`: a text is read with Go's prefixes (`0x`, `0`), after zeros behind a point were cut off.
pub fn to_int64(value: &Value) -> i64 {
    match value {
        Value::Int(n, _) => *n,
        Value::Uint(n, _) => n.cast_signed(),
        Value::Float(n) => truncated(*n),
        Value::Bool(b) => i64::from(*b),
        Value::String(text) => parse_int(without_zero_fraction(text.as_bytes()), 0).unwrap_or(0),
        Value::Object(object) => match object.underlying() {
            Some(Value::Int(n, crate::value::IntKind::Int)) => n,
            _ => 0,
        },
        _ => 0,
    }
}

/// `cast.ToInt`, the same on a machine of 64 bits.
pub fn to_int(value: &Value) -> i64 {
    to_int64(value)
}

/// `cast.ToFloat64`.
#[allow(clippy::cast_precision_loss)] // as in Go
pub fn to_float64(value: &Value) -> f64 {
    match value {
        Value::Float(n) => *n,
        Value::Uint(n, _) => *n as f64,
        Value::String(text) => parse_float(text.as_bytes()).unwrap_or(0.0),
        _ => to_int64(value) as f64,
    }
}

/// Go's `int64(f)` on x86-64, where Helm usually runs: what doesn't fit is the smallest number.
#[allow(clippy::cast_possible_truncation)] // the range was looked at
pub(super) fn truncated(n: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&n) { n as i64 } else { i64::MIN }
}

/// `4.00` without its end.
fn without_zero_fraction(text: &[u8]) -> &[u8] {
    let kept = text.len() - text.iter().rev().take_while(|&&byte| byte == b'0').count();
    match text.get(..kept) {
        Some([whole @ .., b'.']) if kept < text.len() => whole,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_numbers_as_cast_reads_them() {
        for (text, int, float) in [
            ("42", 42, 42.0),
            ("42.9", 0, 42.9),
            ("42.00", 42, 42.0),
            ("017", 15, 17.0),
            ("08", 0, 8.0),
            ("0x1F", 31, 0.0),
            ("1_000", 1000, 1000.0),
            (" 1", 0, 0.0),
            ("100", 100, 100.0),
            (".0", 0, 0.0),
        ] {
            assert_eq!((to_int64(&text.into()), to_float64(&text.into())), (int, float), "{text}");
        }
        assert_eq!(to_int64(&1e19.into()), i64::MIN);
        assert_eq!(to_int64(&(-2.9).into()), -2);
    }
}
