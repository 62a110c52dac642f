//! Checksums.

use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha512};

use crate::sprig::text::charge;
use crate::template::{CallError, Context, Function};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("sha1sum", sha1sum)
            .doc("The SHA-1 sum of a text, in hexadecimal.")
            .example("{{ sha1sum \"Hello world!\" }}", "d3486ae9136e7856bc42212385ea797094475802"),
        Function::new("sha256sum", sha256sum)
            .doc("The SHA-256 sum of a text, in hexadecimal.")
            .example("{{ sha256sum \"\" | trunc 16 }}", "e3b0c44298fc1c14"),
        Function::new("sha512sum", sha512sum)
            .doc("The SHA-512 sum of a text, in hexadecimal.")
            .example("{{ sha512sum \"\" | trunc 16 }}", "cf83e1357eefb8bd"),
        Function::new("adler32sum", adler32sum)
            .doc("The Adler-32 sum of a text, as a decimal number.")
            .example("{{ adler32sum \"Hello world!\" }}", "487130206"),
    ]
}

fn sha1sum(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    sum::<Sha1>(cx, &text)
}

fn sha256sum(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    sum::<Sha256>(cx, &text)
}

fn sha512sum(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    sum::<Sha512>(cx, &text)
}

fn sum<D: Digest>(cx: &mut dyn Context, text: &Text) -> Result<Text, CallError> {
    charge(cx, text.len())?;
    let digest = D::digest(text.as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    Ok(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect::<String>().into())
}

fn adler32sum(cx: &mut dyn Context, text: Text) -> Result<Text, CallError> {
    /// The largest prime below 2^16.
    const MODULUS: u32 = 65_521;
    charge(cx, text.len())?;
    let step = |(a, b): (u32, u32), &byte: &u8| {
        let a = (a + u32::from(byte)) % MODULUS;
        (a, (b + a) % MODULUS)
    };
    let (a, b) = text.as_bytes().iter().fold((1, 0), step);
    Ok((b << 16 | a).to_string().into())
}
