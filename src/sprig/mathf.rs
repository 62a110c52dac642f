//! Sprig's [float math functions](https://masterminds.github.io/sprig/mathf.html), which reckon in decimal numbers
//! (shopspring/decimal) so that 0.1 and 0.2 make 0.3.
//!
//! Only what is needed is here: a long number and one that a float gave, which has at most 17 digits.

use std::cmp::Ordering;

use super::cast::to_float64;
use crate::template::{CallError, Context, Function, Rest};
use crate::value::Value;
use crate::value::format::{FloatForm, format_float};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("addf", addf).doc("The sum of floats.").example("{{ addf 1.5 2 }}", "3.5"),
        Function::new("add1f", add1f).doc("A float, one more.").example("{{ add1f 1.5 }}", "2.5"),
        Function::new("subf", subf).doc("What is left of the first float.").example("{{ subf 7.5 2 3 }}", "2.5"),
        Function::new("divf", divf).doc("The first float divided by the others.").example("{{ divf 10 2 4 }}", "1.25"),
        Function::new("mulf", mulf).doc("The product of floats.").example("{{ mulf 1.1 1.1 }}", "1.21"),
        Function::new("maxf", maxf).doc("The largest float.").example("{{ maxf 1 2.5 2 }}", "2.5"),
        Function::new("minf", minf).doc("The smallest float.").example("{{ minf 1.5 2 3 }}", "1.5"),
    ]
}

type Operation = fn(&Decimal, &Operand) -> Result<Decimal, CallError>;

fn reckon(cx: &mut dyn Context, first: &Value, rest: &[Value], operation: Operation) -> Result<f64, CallError> {
    let mut result = Decimal::from(&Operand::new(to_float64(first))?);
    for value in rest {
        cx.charge_steps(result.digits.len() as u64 + 1)?;
        result = operation(&result, &Operand::new(to_float64(value))?)?;
    }
    Ok(result.to_float())
}

fn addf(cx: &mut dyn Context, values: Rest<Value>) -> Result<f64, CallError> {
    reckon(cx, &0.0.into(), &values.0, |a, b| Ok(a.plus(&b.into())))
}

fn add1f(cx: &mut dyn Context, value: Value) -> Result<f64, CallError> {
    reckon(cx, &value, &[Value::int(1)], |a, b| Ok(a.plus(&b.into())))
}

fn subf(cx: &mut dyn Context, first: Value, rest: Rest<Value>) -> Result<f64, CallError> {
    reckon(cx, &first, &rest.0, |a, b| {
        let b = Decimal::from(b);
        Ok(a.plus(&Decimal { negative: !b.negative, ..b }))
    })
}

fn divf(cx: &mut dyn Context, first: Value, rest: Rest<Value>) -> Result<f64, CallError> {
    reckon(cx, &first, &rest.0, Decimal::divided)
}

fn mulf(cx: &mut dyn Context, first: Value, rest: Rest<Value>) -> Result<f64, CallError> {
    reckon(cx, &first, &rest.0, |a, b| Ok(a.times(b)))
}

fn maxf(first: Value, rest: Rest<Value>) -> f64 {
    rest.0.iter().map(to_float64).fold(to_float64(&first), larger)
}

fn minf(first: Value, rest: Rest<Value>) -> f64 {
    rest.0.iter().map(to_float64).fold(to_float64(&first), |a, b| -larger(-a, -b))
}

/// Go's `math.Max`: infinity before NaN, and zero before negative zero.
fn larger(a: f64, b: f64) -> f64 {
    if [a, b].contains(&f64::INFINITY) {
        f64::INFINITY
    } else if a.is_nan() || a > b || (a >= b && b.is_sign_negative()) {
        a
    } else {
        b
    }
}

/// A float as decimal digits: `digits · 10^exponent`.
struct Operand {
    negative: bool,
    digits: u64,
    exponent: i32,
}

impl Operand {
    fn new(n: f64) -> Result<Self, CallError> {
        if !n.is_finite() {
            let shown = format_float(n, FloatForm::General, None);
            return Err(CallError::Panic(format!("Cannot create a Decimal from {shown}")));
        }
        let written = format_float(n.abs(), FloatForm::Exponent, None);
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = mantissa.replace('.', "").parse().unwrap_or(0);
        let exponent = exponent.parse::<i32>().unwrap_or(0) - i32::try_from(fraction).unwrap_or(0);
        Ok(Self { negative: n < 0.0, digits, exponent })
    }
}

/// Any number of decimal digits, the last one first.
#[derive(Clone, Debug)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i32,
}

/// Decimal places of a quotient.
const PLACES: i32 = 16;

impl From<&Operand> for Decimal {
    fn from(operand: &Operand) -> Self {
        let digits = operand.digits.to_string().bytes().rev().map(|byte| byte - b'0').collect();
        Self { negative: operand.negative, digits, exponent: operand.exponent }
    }
}

impl Decimal {
    fn to_float(&self) -> f64 {
        let digits: String = self.digits.iter().rev().map(|&digit| char::from(b'0' + digit)).collect();
        let magnitude: f64 = format!("{digits}e{}", self.exponent).parse().unwrap_or(0.0);
        if self.negative && magnitude != 0.0 { -magnitude } else { magnitude }
    }

    /// The same number with a smaller exponent.
    fn rescaled(&self, exponent: i32) -> Vec<u8> {
        let zeros = usize::try_from(self.exponent - exponent).unwrap_or(0);
        [vec![0; zeros], self.digits.clone()].concat()
    }

    fn plus(&self, other: &Self) -> Self {
        let exponent = self.exponent.min(other.exponent);
        let (a, b) = (self.rescaled(exponent), other.rescaled(exponent));
        if self.negative == other.negative {
            return Self { negative: self.negative, digits: sum(&a, &b), exponent };
        }
        match compare(&a, &b) {
            Ordering::Less => Self { negative: other.negative, digits: difference(&b, &a), exponent },
            _ => Self { negative: self.negative, digits: difference(&a, &b), exponent },
        }
    }

    fn times(&self, other: &Operand) -> Self {
        let mut carry = 0u128;
        let mut digits = Vec::with_capacity(self.digits.len() + 18);
        for &digit in &self.digits {
            carry += u128::from(digit) * u128::from(other.digits);
            digits.push(last_digit(carry));
            carry /= 10;
        }
        while carry > 0 {
            digits.push(last_digit(carry));
            carry /= 10;
        }
        Self { negative: self.negative != other.negative, digits, exponent: self.exponent + other.exponent }
    }

    /// To sixteen decimal places, halves away from zero.
    fn divided(&self, other: &Operand) -> Result<Self, CallError> {
        if other.digits == 0 {
            return Err(CallError::Panic("decimal division by 0".to_owned()));
        }
        // How far the dividend is shifted for the quotient to end at the last place.
        let shift = self.exponent - other.exponent + PLACES;
        let distance = shift.unsigned_abs() as usize;
        let (kept, cut) = if shift >= 0 {
            ([vec![0; distance], self.digits.clone()].concat(), Vec::new())
        } else {
            let (cut, kept) = self.digits.split_at(distance.min(self.digits.len()));
            // What is cut counts by its share of the unit: pad it where the number is shorter than the cut.
            let missing = distance.saturating_sub(self.digits.len());
            (kept.to_vec(), [cut, &vec![0; missing]].concat())
        };
        let mut rest = 0u128;
        let mut digits = Vec::with_capacity(kept.len());
        for &digit in kept.iter().rev() {
            rest = rest * 10 + u128::from(digit);
            digits.push(last_digit(rest / u128::from(other.digits)));
            rest %= u128::from(other.digits);
        }
        digits.reverse();
        if rounds_up(rest, &cut, other.digits) {
            digits = sum(&digits, &[1]);
        }
        Ok(Self { negative: self.negative != other.negative, digits, exponent: -PLACES })
    }
}

/// Whether a remainder, followed by digits that were cut off, is at least half of the divisor.
fn rounds_up(rest: u128, cut: &[u8], divisor: u64) -> bool {
    let doubled = rest * 2;
    let divisor = u128::from(divisor);
    if doubled >= divisor {
        return true;
    }
    // Odd divisors leave half a unit to the digits that were cut.
    doubled + 1 == divisor && cut.last().is_some_and(|&digit| digit >= 5)
}

fn last_digit(n: u128) -> u8 {
    u8::try_from(n % 10).unwrap_or(0)
}

fn digit_at(digits: &[u8], place: usize) -> u8 {
    digits.get(place).copied().unwrap_or(0)
}

fn sum(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut digits: Vec<u8> = (0..a.len().max(b.len()))
        .map(|place| {
            let sum = digit_at(a, place) + digit_at(b, place) + carry;
            carry = sum / 10;
            sum % 10
        })
        .collect();
    digits.push(carry);
    digits
}

/// `a - b`, where `a` isn't the smaller one.
fn difference(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    (0..a.len().max(b.len()))
        .map(|place| {
            let taken = digit_at(b, place) + borrow;
            borrow = u8::from(digit_at(a, place) < taken);
            digit_at(a, place) + 10 * borrow - taken
        })
        .collect()
}

fn compare(a: &[u8], b: &[u8]) -> Ordering {
    let places = a.len().max(b.len());
    let unequal = (0..places).rev().map(|place| digit_at(a, place).cmp(&digit_at(b, place)));
    unequal.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
