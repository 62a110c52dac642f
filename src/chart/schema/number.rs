//! Numbers in messages, as Go's package for languages writes them in English: `1,234.5`, `1×10⁰⁶`.

use crate::value::Value;
use crate::value::format::{FloatForm, format_float};

/// A number of JSON.
#[expect(clippy::cast_precision_loss, reason = "JSON's numbers are floats here")]
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Float(n) => Some(*n),
        Value::Int(n, _) => Some(*n as f64),
        Value::Uint(n, _) => Some(*n as f64),
        _ => None,
    }
}

/// A number as it is written, digits and an exponent of ten: 0.1 is a tenth, as in Go's fractions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decimal {
    pub(super) float: f64,
    digits: i128,
    exponent: i32,
}

impl Decimal {
    pub(super) fn of(float: f64) -> Self {
        let written = format!("{float:e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).unwrap_or(0);
        Self {
            float,
            digits: format!("{whole}{fraction}").parse().unwrap_or(0),
            exponent: exponent.parse::<i32>().unwrap_or(0).saturating_sub(places),
        }
    }

    /// Whether it is a whole multiple of another.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        let lowest = self.exponent.min(step.exponent);
        let scaled = |n: Self| {
            let zeros = u32::try_from(n.exponent.saturating_sub(lowest)).ok()?;
            n.digits.checked_mul(10_i128.checked_pow(zeros)?)
        };
        match (scaled(self), scaled(step)) {
            (Some(n), Some(step)) if step != 0 => n % step == 0,
            // So many digits apart: the larger one is a multiple, the smaller one isn't.
            _ => self.digits == 0 || self.float.abs() >= step.float.abs(),
        }
    }
}

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
    fn multiples_are_those_of_decimals() {
        for (n, step, want) in
            [(0.3, 0.1, true), (5.5, 2.0, false), (1e300, 1.0, true), (0.07, 0.01, true), (7.0, 0.0, true)]
        {
            assert_eq!(Decimal::of(n).is_multiple_of(Decimal::of(step)), want, "{n} {step}");
        }
    }

    #[test]
    fn numbers_are_english() {
        let numbers = [4.0, 1e6, 1234.5, -0.1, 1e-7, 99999.0, 1_234_567.0].map(shown);
        assert_eq!(numbers, ["4", "1×10⁰⁶", "1,234.5", "-0.1", "1×10⁻⁰⁷", "99,999", "1.234567×10⁰⁶"]);
    }
}
