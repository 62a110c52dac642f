//! Password hashes, and passwords derived from a master password.

use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use base64::{Engine, alphabet};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::template::{CallError, Context, Function, Uint32};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("bcrypt", bcrypt)
            .doc("The bcrypt hash of a password, with a random salt.")
            .example("{{ bcrypt \"secret\" | trunc 7 }}", "$2a$10$"),
        Function::new("htpasswd", htpasswd)
            .doc("A line of an htpasswd file for a user and a password, hashed with bcrypt.")
            .example("{{ htpasswd \"ann\" \"secret\" | trunc 11 }}", "ann:$2a$10$"),
        Function::new("derivePassword", derive_password)
            .doc("A password derived from counter, type, master password, user and site.")
            .example("{{ derivePassword 1 \"long\" \"password\" \"user\" \"example.com\" }}", "ZedaFaxcZaso9*"),
    ]
}

/// The cost that Go's `bcrypt.DefaultCost` is.
const COST: u32 = 10;

/// What hashing one password is worth: some tenths of a second in a browser.
const HASHING: u64 = 500_000;

fn bcrypt(cx: &mut dyn Context, password: Text) -> Result<Text, CallError> {
    hashed(cx, &password).map(Text::from)
}

fn htpasswd(cx: &mut dyn Context, user: Text, password: Text) -> Result<Text, CallError> {
    if user.as_bytes().contains(&b':') {
        return Ok(format!("invalid username: {user}").into());
    }
    Ok(format!("{user}:{}", hashed(cx, &password)?).into())
}

fn hashed(cx: &mut dyn Context, password: &Text) -> Result<String, CallError> {
    const LONGEST: usize = 72;
    if password.len() > LONGEST {
        return Ok("failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes".to_owned());
    }
    cx.charge_steps(HASHING)?;
    let mut salt = [0; 16];
    cx.world().random(&mut salt);
    Ok(bcrypt_hash(COST, salt, password.as_bytes()))
}

/// The hash of a password of at most 72 bytes, as it is written down. Its last byte is never written.
fn bcrypt_hash(cost: u32, salt: [u8; 16], password: &[u8]) -> String {
    const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::BCRYPT, NO_PAD);
    let terminated: Vec<u8> = password.iter().copied().chain([0]).take(72).collect();
    let [hash @ .., _] = bcrypt::bcrypt(cost, salt, &terminated);
    format!("$2a${cost:02}${}{}", BASE64.encode(salt), BASE64.encode(hash))
}

/// What starts the salts of the Master Password algorithm.
const SEED: &[u8] = b"com.lyndir.masterpassword";

/// The forms of passwords: each letter stands for a set of characters.
const FORMS: [(&str, &[&str]); 6] = [
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

/// The characters that a letter of a form stands for.
fn characters(letter: u8) -> &'static [u8] {
    match letter {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'A' => b"AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

fn derive_password(
    cx: &mut dyn Context,
    counter: Uint32,
    form: Text,
    password: Text,
    user: Text,
    site: Text,
) -> Result<Text, CallError> {
    let Some((_, forms)) = FORMS.iter().find(|(name, _)| name.as_bytes() == form.as_bytes()) else {
        return Ok(format!("cannot find password template {form}").into());
    };
    cx.charge_steps(HASHING)?;
    let key = stretched(&password, &salted(&user))?;
    let message = [salted(&site), counter.0.to_be_bytes().to_vec()].concat();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
    mac.update(&message);
    let seed = mac.finalize().into_bytes();
    let (&first, rest) = seed.split_first().ok_or("no seed")?;
    let letters = pick(forms, first).copied().unwrap_or_default();
    let drawn = letters.bytes().zip(rest).filter_map(|(letter, &byte)| pick(characters(letter), byte));
    Ok(drawn.copied().collect::<Vec<u8>>().into())
}

/// The seed, then the text with its length before it.
fn salted(text: &Text) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
    [SEED, &length, text.as_bytes()].concat()
}

fn stretched(password: &Text, salt: &[u8]) -> Result<[u8; 64], CallError> {
    let params = scrypt::Params::new(15, 8, 2).map_err(|error| error.to_string())?;
    let mut key = [0; 64];
    scrypt::scrypt(password.as_bytes(), salt, &params, &mut key).map_err(|error| error.to_string())?;
    Ok(key)
}

fn pick<T>(choices: &[T], byte: u8) -> Option<&T> {
    choices.get(usize::from(byte).checked_rem(choices.len())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_test_vectors() {
        let salt = [0x10, 0x41, 0x04, 0x10, 0x41, 0x04, 0x10, 0x41, 0x04, 0x10, 0x41, 0x04, 0x10, 0x41, 0x04, 0x10];
        let want = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        assert_eq!(bcrypt_hash(5, salt, b"U*U"), want);
    }
}
