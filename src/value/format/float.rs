//! Go's `strconv.FormatFloat` for 64 bits. (Writing to a string doesn't fail: hence the ignored results.)

use std::fmt::Write;

/// The form a number is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatForm {
    /// `%e`: `-1.5e+07`
    Exponent,
    /// `%f`: `-15000000`
    Decimal,
    /// `%g`: the exponent form where the exponent is below -4 or too large for the precision.
    General,
    /// `%x`: `-0x1.8p+07`
    Hexadecimal,
    /// `%b`: `-4503599627370496p-52`
    Binary,
}

/// No `f64` has more decimal places than this; what is asked for beyond is zeros.
const MOST_PLACES: usize = 1100;

/// A number as Go's `strconv.FormatFloat` writes it. Without a precision it has as many digits as tell it from its
/// neighbours.
pub fn format_float(value: f64, form: FloatForm, precision: Option<usize>) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let mut out = String::new();
    if value.is_sign_negative() {
        out.push('-');
    }
    let magnitude = value.abs();
    match form {
        FloatForm::Exponent => exponent(&mut out, &Digits::scientific(magnitude, precision), precision),
        FloatForm::Decimal => decimal(&mut out, magnitude, precision),
        FloatForm::General => general(&mut out, magnitude, precision),
        FloatForm::Hexadecimal => hexadecimal(&mut out, magnitude, precision),
        FloatForm::Binary => binary(&mut out, magnitude),
    }
    out
}

/// Decimal digits without a point, and the exponent of the first of them.
struct Digits {
    digits: String,
    exponent: i32,
}

impl Digits {
    /// With `places` digits after the first, or the shortest ones.
    fn scientific(magnitude: f64, places: Option<usize>) -> Self {
        let written = match places {
            Some(places) => format!("{magnitude:.*e}", places.min(MOST_PLACES)),
            None => shortest(magnitude),
        };
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
        Self { digits, exponent: exponent.parse().unwrap_or(0) }
    }

    fn trimmed(mut self) -> Self {
        let kept = self.digits.trim_end_matches('0').len().max(1);
        self.digits.truncate(kept);
        self
    }
}

fn zeros(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('0', count));
}

/// `d.ddde±dd`
fn exponent(out: &mut String, digits: &Digits, places: Option<usize>) {
    let (first, rest) = digits.digits.split_at(1);
    out.push_str(first);
    let places = places.unwrap_or(rest.len());
    if places > 0 {
        out.push('.');
        let shown = rest.get(..places).unwrap_or(rest);
        out.push_str(shown);
        zeros(out, places - shown.len());
    }
    out.push('e');
    push_exponent(out, digits.exponent);
}

/// A sign and at least two digits.
fn push_exponent(out: &mut String, exponent: i32) {
    let sign = if exponent < 0 { '-' } else { '+' };
    out.push(sign);
    let _ = write!(out, "{:02}", exponent.unsigned_abs());
}

fn decimal(out: &mut String, magnitude: f64, places: Option<usize>) {
    if let Some(places) = places {
        let _ = write!(out, "{magnitude:.*}", places.min(MOST_PLACES));
        return zeros(out, places.saturating_sub(MOST_PLACES));
    }
    let Digits { digits, exponent } = Digits::scientific(magnitude, None);
    let before = usize::try_from(exponent + 1).unwrap_or(0);
    let (whole, fraction) = digits.split_at(before.min(digits.len()));
    out.push_str(if whole.is_empty() { "0" } else { whole });
    zeros(out, before - whole.len());
    if !fraction.is_empty() {
        out.push('.');
        zeros(out, usize::try_from(-1 - exponent).unwrap_or(0));
        out.push_str(fraction);
    }
}

/// The fewest digits that tell the number from its neighbours, as `d.ddde±d`. Where two such numbers are equally near,
/// Go takes the even one and Rust the larger.
fn shortest(magnitude: f64) -> String {
    const FEWEST: usize = 16;
    const EXACT: usize = 60;
    let written = format!("{magnitude:e}");
    let Some((mantissa, exponent)) = written.split_once('e') else { return written };
    if mantissa.len() <= FEWEST || !mantissa.ends_with(['1', '3', '5', '7', '9']) {
        return written;
    }
    let exact = format!("{magnitude:.EXACT$e}");
    let Some((below, rest)) = exact.split_at_checked(mantissa.len()) else { return written };
    let half = rest.split_once('e').and_then(|(rest, _)| rest.strip_prefix('5'));
    if below == mantissa || half.is_none_or(|rest| rest.bytes().any(|digit| digit != b'0')) {
        return written;
    }
    let even = format!("{below}e{exponent}");
    if even.parse() == Ok(magnitude) { even } else { written }
}

fn general(out: &mut String, magnitude: f64, precision: Option<usize>) {
    let digits = match precision {
        Some(precision) => Digits::scientific(magnitude, Some(precision.max(1) - 1)),
        None => Digits::scientific(magnitude, None),
    };
    let digits = digits.trimmed();
    // Six digits decide where none are asked for; more digits than the number has don't count.
    let threshold = match precision.map(|precision| precision.max(1)) {
        None => 6,
        Some(asked) => {
            let integral = usize::try_from(digits.exponent + 1).unwrap_or(0);
            if asked > digits.digits.len() && digits.digits.len() >= integral { digits.digits.len() } else { asked }
        }
    };
    let threshold = i32::try_from(threshold).unwrap_or(i32::MAX);
    if digits.exponent < -4 || digits.exponent >= threshold {
        exponent(out, &digits, None);
    } else {
        point(out, &digits);
    }
}

/// All digits, with the point where it belongs.
fn point(out: &mut String, digits: &Digits) {
    let Ok(whole) = usize::try_from(digits.exponent + 1) else {
        out.push_str("0.");
        zeros(out, (digits.exponent + 1).unsigned_abs() as usize);
        out.push_str(&digits.digits);
        return;
    };
    let (before, after) = digits.digits.split_at_checked(whole).unwrap_or((&digits.digits, ""));
    out.push_str(if before.is_empty() { "0" } else { before });
    zeros(out, whole.saturating_sub(before.len()));
    if !after.is_empty() {
        out.push('.');
        out.push_str(after);
    }
}

/// Mantissa with the hidden bit, and the exponent of its last bit.
fn parts(magnitude: f64) -> (u64, i32) {
    let bits = magnitude.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0) {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

fn binary(out: &mut String, magnitude: f64) {
    let (mantissa, exponent) = parts(magnitude);
    let _ = write!(out, "{mantissa}p{exponent:+}");
}

fn hexadecimal(out: &mut String, magnitude: f64, places: Option<usize>) {
    let (mut mantissa, mut exponent) = parts(magnitude);
    if mantissa == 0 {
        exponent = 0;
    } else {
        // One bit before the point, sixty after it.
        let shift = mantissa.leading_zeros().saturating_sub(3);
        mantissa <<= shift;
        exponent += 60 - i32::try_from(shift).unwrap_or(0);
    }
    if let Some(places) = places.filter(|&places| places < 15) {
        (mantissa, exponent) = rounded(mantissa, exponent, places);
    }
    out.push_str(if mantissa == 0 { "0x0" } else { "0x1" });
    let fraction = format!("{:015x}", mantissa & ((1 << 60) - 1));
    let shortest = fraction.trim_end_matches('0');
    let shown = places.map_or(shortest, |places| fraction.get(..places).unwrap_or(&fraction));
    let places = places.unwrap_or(shown.len());
    if places > 0 {
        out.push('.');
        out.push_str(shown);
        zeros(out, places - shown.len());
    }
    out.push('p');
    push_exponent(out, exponent);
}

/// Rounds a mantissa of sixty fraction bits to `places` hexadecimal digits, halves to even.
fn rounded(mantissa: u64, exponent: i32, places: usize) -> (u64, i32) {
    let dropped = 60 - 4 * places;
    let extra = mantissa & ((1 << dropped) - 1);
    let half = 1 << (dropped - 1);
    let mut kept = mantissa >> dropped;
    if extra > half || extra == half && kept & 1 == 1 {
        kept += 1;
    }
    let mantissa = kept << dropped;
    if mantissa >> 61 == 0 { (mantissa, exponent) } else { (mantissa >> 1, exponent + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_two_shortest_numbers_are_equally_near_the_even_one_is_written() {
        let cases = [
            (601_882_586_971_303.0 + 0.25, "601882586971303.2", "6.018825869713032e+14"),
            (2_090_746_190_620_296.0 + 0.25, "2090746190620296.2", "2.0907461906202962e+15"),
            (0.000_01, "0.00001", "1e-05"),
            (123.456, "123.456", "123.456"),
            (1e20, "100000000000000000000", "1e+20"),
            (0.0, "0", "0"),
        ];
        for (number, plain, general) in cases {
            assert_eq!(format_float(number, FloatForm::Decimal, None), plain);
            assert_eq!(format_float(number, FloatForm::General, None), general);
        }
    }
}
