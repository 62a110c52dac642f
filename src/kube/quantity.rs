//! Quantities: `500m`, `1.5`, `128Mi`, `1e3`.

use std::fmt;

use super::Field;
use crate::value::Value;

/// An amount of a resource, in billionths, which is as fine as Kubernetes reckons. Greater ones than fit are the
/// greatest that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

/// A text is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoQuantity;

const BILLION: i128 = 1_000_000_000;

impl Quantity {
    /// So many whole units.
    pub fn whole(units: i64) -> Self {
        Self(i128::from(units).saturating_mul(BILLION))
    }

    /// Reads a quantity.
    pub fn parse(written: &str) -> Result<Self, NoQuantity> {
        let digits = written.find(|c: char| !matches!(c, '0'..='9' | '.' | '+' | '-')).unwrap_or(written.len());
        // The sign of an exponent belongs to the suffix, which begins with its letter.
        let (number, suffix) = written.split_at(digits);
        scaled(number, scale(suffix).ok_or(NoQuantity)?).ok_or(NoQuantity)
    }

    /// A quantity as Kubernetes writes it back, with the largest unit that leaves it whole: `512Mi` for `0.5Gi`. `None`
    /// where it is none.
    pub fn canonical(written: &str) -> Option<String> {
        let Self(amount) = Self::parse(written).ok()?;
        let is_binary = written.ends_with('i') && amount % BILLION == 0 && (amount / BILLION).abs() >= 1024;
        let (base, units): (i128, &[&str]) = if is_binary {
            (1024, &["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"])
        } else {
            (1000, &["n", "u", "m", "", "k", "M", "G", "T", "P", "E"])
        };
        let (mut amount, mut units) = (if is_binary { amount / BILLION } else { amount }, units.iter());
        let mut unit = *units.next()?;
        while amount != 0 && amount % base == 0 {
            let Some(next) = units.next() else { break };
            (amount, unit) = (amount / base, next);
        }
        Some(if amount == 0 { "0".to_owned() } else { format!("{amount}{unit}") })
    }

    /// Reads a field, which may be a number or a text; `None` where nothing stands there, or something else.
    pub fn of(field: &Field) -> Option<Result<Self, NoQuantity>> {
        match field.value() {
            Value::Float(number) => Some(Self::parse(&number.to_string())),
            Value::Int(..) | Value::Uint(..) => field.integer().map(|units| Ok(Self::whole(units))),
            _ => field.string().map(|written| Self::parse(&written)),
        }
    }
}

impl fmt::Display for NoQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no quantity")
    }
}

/// What a suffix multiplies with: a factor, and a power of ten.
fn scale(suffix: &str) -> Option<(i128, i32)> {
    Some(match suffix {
        "n" => (1, -9),
        "u" => (1, -6),
        "m" => (1, -3),
        "" => (1, 0),
        "k" => (1, 3),
        "M" => (1, 6),
        "G" => (1, 9),
        "T" => (1, 12),
        "P" => (1, 15),
        "E" => (1, 18),
        "Ki" => (1 << 10, 0),
        "Mi" => (1 << 20, 0),
        "Gi" => (1 << 30, 0),
        "Ti" => (1 << 40, 0),
        "Pi" => (1 << 50, 0),
        "Ei" => (1 << 60, 0),
        exponent => (1, exponent.strip_prefix(['e', 'E'])?.parse().ok()?),
    })
}

/// A decimal number, scaled.
fn scaled(number: &str, (factor, exponent): (i128, i32)) -> Option<Quantity> {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mantissa = all.parse::<i128>().unwrap_or(i128::MAX).saturating_mul(factor);
    let exponent = exponent.saturating_add(9).saturating_sub(i32::try_from(fraction.len()).unwrap_or(i32::MAX));
    let power = 10_i128.checked_pow(exponent.unsigned_abs());
    let amount = match (exponent >= 0, power) {
        (true, Some(power)) => mantissa.saturating_mul(power),
        (true, None) => mantissa.saturating_mul(i128::MAX),
        (false, Some(power)) => mantissa / power,
        (false, None) => 0,
    };
    Some(Quantity(amount.saturating_mul(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_amount_may_be_written_in_many_ways() {
        for (one, other) in
            [("0.3", "300m"), ("1e3", "1k"), ("1Ki", "1024"), ("1.5Gi", "1536Mi"), ("+1", "1E0"), ("2.", "2")]
        {
            assert_eq!(Quantity::parse(one), Quantity::parse(other), "{one}");
            assert!(Quantity::parse(one).is_ok(), "{one}");
        }
        assert!(Quantity::parse("100m").ok() < Quantity::parse("0.2").ok());
        assert!(Quantity::parse("1E").ok() > Quantity::parse("1e-30").ok());
        assert!(Quantity::parse("9e99999").is_ok());
    }

    #[test]
    fn kubernetes_writes_the_largest_whole_unit() {
        for (written, expected) in [
            ("256M", "256M"),
            ("0.5Gi", "512Mi"),
            ("1024Mi", "1Gi"),
            ("1500M", "1500M"),
            ("1000M", "1G"),
            ("1Gi", "1Gi"),
            ("1", "1"),
            ("1.5", "1500m"),
            ("1e3", "1k"),
            ("0", "0"),
            ("512Ki", "512Ki"),
        ] {
            assert_eq!(Quantity::canonical(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn not_every_unit_is_known() {
        for written in ["", ".", "1GB", "500 Mi", "0.5cpu", "1mi", "Mi", "1.2.3", "--1", "1K", "1e", "<no value>"] {
            assert_eq!(Quantity::parse(written), Err(NoQuantity), "{written}");
        }
    }
}
