//! Go's `time.Duration`: nanoseconds in 64 bits, written as `1h2m3.5s`.

use std::fmt;

use super::layout::quote;

/// A span of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub i64);

const SECOND: u64 = 1_000_000_000;

impl Duration {
    /// Rounded to a multiple of another duration, halves away from zero; the same where that isn't positive.
    #[must_use]
    pub fn rounded(self, to: Self) -> Self {
        if to.0 <= 0 {
            return self;
        }
        let (n, unit) = (i128::from(self.0), i128::from(to.0));
        let magnitude = (n.abs() * 2 + unit) / (unit * 2) * unit;
        let rounded = if n < 0 { -magnitude } else { magnitude };
        Self(i64::try_from(rounded).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX }))
    }

    /// Cut off to a multiple of another duration; the same where that isn't positive.
    #[must_use]
    pub fn truncated(self, to: Self) -> Self {
        if to.0 <= 0 { self } else { Self(self.0 - self.0 % to.0) }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        if magnitude == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match magnitude {
            0..1_000 => return write!(f, "{magnitude}ns"),
            1_000..1_000_000 => return write!(f, "{}µs", decimal(magnitude, 1_000)),
            1_000_000..SECOND => return write!(f, "{}ms", decimal(magnitude, 1_000_000)),
            _ => {}
        }
        let (hours, minutes) = (magnitude / SECOND / 3600, magnitude / SECOND / 60 % 60);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if hours > 0 || minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        write!(f, "{}s", decimal(magnitude % (60 * SECOND), SECOND))
    }
}

/// A number of units with its fraction, without trailing zeros.
fn decimal(n: u64, unit: u64) -> String {
    let digits = unit.to_string().len() - 1;
    let text = format!("{}.{:0digits$}", n / unit, n % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

const LIMIT: u64 = 1 << 63;

/// Reads a duration. The error is that of Go's `time.ParseDuration`.
pub fn parse_duration(text: &[u8]) -> Result<Duration, String> {
    let invalid = || format!("time: invalid duration {}", quote(text));
    let (negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if rest == b"0" {
        return Ok(Duration(0));
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total = 0u64;
    while !rest.is_empty() {
        let (whole, after) = leading_int(rest).ok_or_else(invalid)?;
        let mut has_digits = after.len() < rest.len();
        let (mut fraction, mut scale) = (0, 1.0);
        rest = after;
        if let [b'.', digits @ ..] = rest {
            let after;
            (fraction, scale, after) = leading_fraction(digits);
            has_digits |= after.len() < digits.len();
            rest = after;
        }
        if !has_digits {
            return Err(invalid());
        }
        let end = rest.iter().position(|byte| matches!(byte, b'.' | b'0'..=b'9')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after;
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {}", quote(text)));
        }
        let Some(unit) = unit(name) else {
            return Err(format!("time: unknown unit {} in duration {}", quote(name), quote(text)));
        };
        let part = whole.checked_mul(unit).filter(|&part| part <= LIMIT).ok_or_else(invalid)?;
        let part = part.saturating_add(share(fraction, unit, scale));
        total = total.checked_add(part).filter(|&total| total <= LIMIT).ok_or_else(invalid)?;
    }
    if negative {
        return Ok(Duration(0i64.wrapping_sub_unsigned(total)));
    }
    i64::try_from(total).map(Duration).map_err(|_| invalid())
}

/// Go reckons the fraction of a unit in floating point.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn share(fraction: u64, unit: u64, scale: f64) -> u64 {
    (fraction as f64 * (unit as f64 / scale)) as u64
}

fn unit(name: &[u8]) -> Option<u64> {
    Some(match std::str::from_utf8(name).ok()? {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3600 * SECOND,
        _ => return None,
    })
}

/// The digits that begin a text; `None` where they don't fit.
fn leading_int(text: &[u8]) -> Option<(u64, &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let add = |n: u64, byte: &u8| n.checked_mul(10)?.checked_add(u64::from(byte - b'0')).filter(|&n| n <= LIMIT);
    Some((digits.iter().try_fold(0, add)?, rest))
}

/// The digits after a point, and ten to their number. Digits that no longer fit are passed over.
fn leading_fraction(text: &[u8]) -> (u64, f64, &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (mut fraction, mut scale) = (0u64, 1.0);
    for byte in digits {
        let Some(next) = fraction.checked_mul(10).and_then(|n| n.checked_add(u64::from(byte - b'0'))) else { break };
        if fraction > (LIMIT - 1) / 10 || next > LIMIT {
            break;
        }
        (fraction, scale) = (next, scale * 10.0);
    }
    (fraction, scale, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_come_back_as_go_writes_them() {
        for (text, written) in [
            ("1h2m3.5s", "1h2m3.5s"),
            ("90m", "1h30m0s"),
            ("1.5h", "1h30m0s"),
            ("-1ms", "-1ms"),
            ("1500us", "1.5ms"),
            ("100ns", "100ns"),
            ("+5s", "5s"),
            ("0", "0s"),
            ("1h1ns", "1h0m0.000000001s"),
            ("-9223372036854775808ns", "-2562047h47m16.854775808s"),
        ] {
            assert_eq!(parse_duration(text.as_bytes()).map(|duration| duration.to_string()).as_deref(), Ok(written));
        }
        assert_eq!(Duration(-1_500_000_000).rounded(Duration(1_000_000_000)).to_string(), "-2s");
    }
}
