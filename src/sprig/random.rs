//! Sprig's string and number functions that draw lots. Lots come from the world, so that a rendering can be repeated.

use super::text::charge;
use crate::template::{CallError, Context, Function, Int};
use crate::value::{Text, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("randAlphaNum", alpha_num)
            .doc("Random letters and digits.")
            .example("{{ randAlphaNum 5 | len }}", "5"),
        Function::new("randAlpha", alpha).doc("Random letters.").example("{{ randAlpha 5 | len }}", "5"),
        Function::new("randNumeric", numeric).doc("Random digits.").example("{{ randNumeric 5 | len }}", "5"),
        Function::new("randAscii", ascii)
            .doc("Random printable ASCII characters.")
            .example("{{ randAscii 5 | len }}", "5"),
        Function::new("randBytes", bytes).doc("Random bytes, in base64.").example("{{ randBytes 3 | len }}", "4"),
        Function::new("randInt", int)
            .doc("A random number from the first up to, not including, the second.")
            .example("{{ randInt 7 8 }}", "7"),
        Function::new("shuffle", shuffle)
            .doc("The characters of a text in random order.")
            .example("{{ shuffle \"aaa\" }}", "aaa"),
    ]
}

/// A number below `bound`, each as likely as the other.
pub(super) fn below(cx: &mut dyn Context, bound: u64) -> u64 {
    let fair = u64::MAX - u64::MAX % bound.max(1);
    loop {
        let mut bytes = [0; 8];
        cx.world().random(&mut bytes);
        let number = u64::from_le_bytes(bytes);
        // A world that always gives the same must not hang us.
        if number < fair || bytes == [0xff; 8] {
            return number % bound.max(1);
        }
    }
}

fn drawn(cx: &mut dyn Context, count: Int, alphabet: &[u8]) -> Result<Text, CallError> {
    let count = usize::try_from(count.0).unwrap_or(0);
    charge(cx, count)?;
    cx.charge_steps(count as u64)?;
    let mut out = Vec::with_capacity(count);
    for _ in 0..count {
        let index = usize::try_from(below(cx, alphabet.len() as u64)).unwrap_or(0);
        out.extend(alphabet.get(index));
    }
    Ok(out.into())
}

fn among(is_wanted: fn(&u8) -> bool) -> Vec<u8> {
    (b' '..=b'~').filter(is_wanted).collect()
}

fn alpha_num(cx: &mut dyn Context, count: Int) -> Result<Text, CallError> {
    drawn(cx, count, &among(u8::is_ascii_alphanumeric))
}

fn alpha(cx: &mut dyn Context, count: Int) -> Result<Text, CallError> {
    drawn(cx, count, &among(u8::is_ascii_alphabetic))
}

fn numeric(cx: &mut dyn Context, count: Int) -> Result<Text, CallError> {
    drawn(cx, count, &among(u8::is_ascii_digit))
}

fn ascii(cx: &mut dyn Context, count: Int) -> Result<Text, CallError> {
    drawn(cx, count, &among(|_| true))
}

fn bytes(cx: &mut dyn Context, count: Int) -> Result<Text, CallError> {
    let count = usize::try_from(count.0)
        .map_err(|_| CallError::Panic("runtime error: makeslice: len out of range".to_owned()))?;
    charge(cx, count.saturating_mul(2))?;
    let mut bytes = vec![0; count];
    cx.world().random(&mut bytes);
    Ok(super::encoding::base64(&bytes).into())
}

fn int(cx: &mut dyn Context, least: Int, end: Int) -> Result<Value, CallError> {
    let span = end.0.wrapping_sub(least.0);
    match u64::try_from(span) {
        Ok(span @ 1..) => Ok(Value::int(least.0.wrapping_add_unsigned(below(cx, span)))),
        _ => Err(CallError::Panic("invalid argument to Intn".to_owned())),
    }
}

fn shuffle(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    let mut characters: Vec<char> = text.to_str().chars().collect();
    cx.charge_steps(characters.len() as u64)?;
    for last in (1..characters.len()).rev() {
        let other = usize::try_from(below(cx, last as u64 + 1)).unwrap_or(0);
        characters.swap(last, other);
    }
    Ok(characters.into_iter().collect::<String>().into())
}
