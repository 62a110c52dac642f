//! Sprig's [integer math functions](https://masterminds.github.io/sprig/math.html), in `int64` that wraps around, and
//! those on floats that stand on the same page.

use super::cast::{to_float64, to_int64};
use crate::template::{CallError, Function, Int, Rest};
use crate::value::Value;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("add", add).doc("The sum.").example("{{ add 1 2 3 }}", "6"),
        Function::new("add1", add1).doc("One more.").example("{{ add1 41 }}", "42"),
        Function::new("sub", sub).doc("The difference.").example("{{ sub 3 5 }}", "-2"),
        Function::new("div", div).doc("The quotient without its fraction.").example("{{ div 7 2 }}", "3"),
        Function::new("mod", modulo).doc("The remainder of a division.").example("{{ mod 7 2 }}", "1"),
        Function::new("mul", mul).doc("The product.").example("{{ mul 2 3 4 }}", "24"),
        Function::new("max", max).doc("The largest.").example("{{ max 1 3 2 }}", "3"),
        Function::new("biggest", max).doc("The old name of `max`.").example("{{ biggest 1 3 2 }}", "3"),
        Function::new("min", min).doc("The smallest.").example("{{ min 2 1 3 }}", "1"),
        Function::new("floor", floor).doc("The next whole number below.").example("{{ floor 2.7 }}", "2"),
        Function::new("ceil", ceil).doc("The next whole number above.").example("{{ ceil 2.1 }}", "3"),
        Function::new("round", round)
            .doc("Rounded to a number of decimal places. A third argument is the fraction from which it rounds up.")
            .example("{{ round 123.5555 3 }}", "123.556")
            .example("{{ round 1.4 0 0.3 }}", "2"),
    ]
}

fn add(values: Rest<Value>) -> i64 {
    values.0.iter().fold(0, |sum, value| sum.wrapping_add(to_int64(value)))
}

fn add1(value: Value) -> i64 {
    to_int64(&value).wrapping_add(1)
}

fn sub(a: Value, b: Value) -> i64 {
    to_int64(&a).wrapping_sub(to_int64(&b))
}

fn divisor(value: &Value) -> Result<i64, CallError> {
    match to_int64(value) {
        0 => Err(CallError::Panic("runtime error: integer divide by zero".to_owned())),
        n => Ok(n),
    }
}

fn div(a: Value, b: Value) -> Result<i64, CallError> {
    Ok(to_int64(&a).wrapping_div(divisor(&b)?))
}

fn modulo(a: Value, b: Value) -> Result<i64, CallError> {
    Ok(to_int64(&a).wrapping_rem(divisor(&b)?))
}

fn mul(first: Value, rest: Rest<Value>) -> i64 {
    rest.0.iter().fold(to_int64(&first), |product, value| product.wrapping_mul(to_int64(value)))
}

fn max(first: Value, rest: Rest<Value>) -> i64 {
    rest.0.iter().map(to_int64).fold(to_int64(&first), i64::max)
}

fn min(first: Value, rest: Rest<Value>) -> i64 {
    rest.0.iter().map(to_int64).fold(to_int64(&first), i64::min)
}

fn floor(value: Value) -> f64 {
    to_float64(&value).floor()
}

fn ceil(value: Value) -> f64 {
    to_float64(&value).ceil()
}

/// The original looks at the fraction with its sign: negative numbers always go down.
fn round(value: Value, places: Int, round_on: Rest<f64>) -> f64 {
    let round_on = round_on.0.first().copied().unwrap_or(0.5);
    #[allow(clippy::cast_precision_loss)] // as in the original
    let power = 10f64.powf(places.0 as f64);
    let digit = power * to_float64(&value);
    let fraction = if digit.is_infinite() { f64::NAN } else { digit - digit.trunc() };
    let rounded = if fraction >= round_on { digit.ceil() } else { digit.floor() };
    rounded / power
}
