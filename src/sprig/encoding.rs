//! Sprig's [encoding functions](https://masterminds.github.io/sprig/encoding.html). What can't be decoded becomes the
//! text of Go's error.

use super::text::charge;
use crate::template::{CallError, Context, Function};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("b64enc", b64enc).doc("A text in base64.").example("{{ b64enc \"hello\" }}", "aGVsbG8="),
        Function::new("b64dec", b64dec).doc("What base64 stands for.").example("{{ b64dec \"aGVsbG8=\" }}", "hello"),
        Function::new("b32enc", b32enc).doc("A text in base32.").example("{{ b32enc \"hello\" }}", "NBSWY3DP"),
        Function::new("b32dec", b32dec).doc("What base32 stands for.").example("{{ b32dec \"NBSWY3DP\" }}", "hello"),
    ]
}

/// An alphabet of a power of two letters, and the groups it writes.
struct Encoding {
    name: &'static str,
    alphabet: &'static [u8],
    /// Bits that a letter stands for.
    bits: u32,
    /// Letters in a group.
    group: usize,
}

const BASE64: Encoding = Encoding {
    name: "base64",
    alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    bits: 6,
    group: 4,
};

const BASE32: Encoding = Encoding { name: "base32", alphabet: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5, group: 8 };

impl Encoding {
    fn encode(&self, bytes: &[u8]) -> String {
        let mut out = String::new();
        let group_bytes = self.group * self.bits as usize / 8;
        for chunk in bytes.chunks(group_bytes) {
            let padding = group_bytes - chunk.len();
            let number = chunk.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte)) << (8 * padding);
            let letters = (chunk.len() * 8).div_ceil(self.bits as usize);
            for place in (0..self.group).rev() {
                let shift = u32::try_from(place).unwrap_or(0) * self.bits;
                let index = usize::try_from(number >> shift & 0x3f).unwrap_or(0) % self.alphabet.len();
                let is_letter = self.group - place <= letters;
                out.push(if is_letter { self.alphabet.get(index).map_or('=', |&byte| char::from(byte)) } else { '=' });
            }
        }
        out
    }

    fn value(&self, byte: u8) -> Option<u64> {
        self.alphabet.iter().position(|&letter| letter == byte).map(|index| index as u64)
    }

    /// The bytes that the first letters of a group stand for.
    fn push_group(&self, out: &mut Vec<u8>, values: &[u64]) {
        let number = values.iter().fold(0u64, |number, value| number << self.bits | value);
        let bits = values.len() * self.bits as usize;
        for index in 1..=bits / 8 {
            out.push(u8::try_from(number >> (bits - 8 * index) & 0xff).unwrap_or(0));
        }
    }

    fn corrupt(&self, offset: usize) -> String {
        format!("illegal {} data at input byte {offset}", self.name)
    }
}

/// Standard base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Go's `base64.StdEncoding.DecodeString`: newlines are skipped wherever they stand.
pub(super) fn base64_decoded(text: &[u8]) -> Result<Vec<u8>, String> {
    let mut input = text.iter().copied().enumerate().filter(|(_, byte)| !matches!(byte, b'\n' | b'\r'));
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut values = Vec::with_capacity(4);
    while let Some((at, byte)) = input.next() {
        if let Some(value) = BASE64.value(byte) {
            values.push(value);
            if values.len() == BASE64.group {
                BASE64.push_group(&mut out, &values);
                values.clear();
            }
            continue;
        }
        if byte != b'=' || values.len() < 2 {
            return Err(BASE64.corrupt(at));
        }
        if values.len() == 2 {
            match input.next() {
                None => return Err(BASE64.corrupt(text.len())),
                Some((_, b'=')) => {}
                Some((at, _)) => return Err(BASE64.corrupt(at - 1)),
            }
        }
        if let Some((at, _)) = input.next() {
            return Err(BASE64.corrupt(at));
        }
        BASE64.push_group(&mut out, &values);
        return Ok(out);
    }
    if values.is_empty() { Ok(out) } else { Err(BASE64.corrupt(text.len() - values.len())) }
}

/// Go's `base32.StdEncoding.DecodeString`. What follows a padded group isn't looked at.
fn base32_decoded(text: &[u8]) -> Result<Vec<u8>, String> {
    let text: Vec<u8> = text.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    let mut values = Vec::with_capacity(8);
    for (at, &byte) in text.iter().enumerate() {
        let rest = text.len() - at - 1;
        if byte == b'=' && values.len() >= 2 && rest < 8 {
            let missing = BASE32.group - 1 - values.len();
            if rest < missing {
                return Err(BASE32.corrupt(text.len()));
            }
            let wrong = (0..missing).find(|k| text.get(at + 1 + k).is_some_and(|&byte| byte != b'='));
            if let Some(k) = wrong {
                return Err(BASE32.corrupt(at + k));
            }
            if matches!(values.len(), 3 | 6) {
                return Err(BASE32.corrupt(at));
            }
            BASE32.push_group(&mut out, &values);
            return Ok(out);
        }
        values.push(BASE32.value(byte).ok_or_else(|| BASE32.corrupt(at))?);
        if values.len() == BASE32.group {
            BASE32.push_group(&mut out, &values);
            values.clear();
        }
    }
    if values.is_empty() { Ok(out) } else { Err(BASE32.corrupt(text.len() - values.len())) }
}

fn b64enc(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len().saturating_mul(2))?;
    Ok(base64(text.as_bytes()).into())
}

fn b64dec(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    Ok(base64_decoded(text.as_bytes()).map_or_else(Text::from, Text::from))
}

fn b32enc(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len().saturating_mul(2))?;
    Ok(BASE32.encode(text.as_bytes()).into())
}

fn b32dec(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    Ok(base32_decoded(text.as_bytes()).map_or_else(Text::from, Text::from))
}
