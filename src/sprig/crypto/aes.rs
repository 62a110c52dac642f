//! Encryption with a password, by AES-256 in CBC mode.

use aes::Aes256;
use cbc::cipher::block_padding::{NoPadding, Pkcs7};
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};

use crate::sprig::encoding::{base64, base64_decoded};
use crate::sprig::text::charge;
use crate::template::{CallError, Context, Function};
use crate::value::Text;

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("encryptAES", encrypt)
            .doc("A text, encrypted with a password by AES-256, in base64.")
            .example("{{ encryptAES \"secret\" \"plain text\" | len }}", "44"),
        Function::new("decryptAES", decrypt)
            .doc("What encryptAES encrypted.")
            .example("{{ \"plain text\" | encryptAES \"secret\" | decryptAES \"secret\" }}", "plain text"),
    ]
}

const BLOCK: usize = 16;

/// The first bytes of the password, with zeros after it.
fn key(password: &Text) -> [u8; 32] {
    let mut key = [0; 32];
    for (to, from) in key.iter_mut().zip(password.as_bytes()) {
        *to = *from;
    }
    key
}

fn encrypt(cx: &mut dyn Context, password: Text, plain: Text) -> Result<Text, CallError> {
    if plain.is_empty() {
        return Ok(plain);
    }
    charge(cx, plain.len().saturating_mul(2))?;
    let mut start = [0; BLOCK];
    cx.world().random(&mut start);
    let cipher = cbc::Encryptor::<Aes256>::new(&key(&password).into(), &start.into());
    let encrypted = cipher.encrypt_padded_vec::<Pkcs7>(plain.as_bytes());
    Ok(base64(&[start.as_slice(), &encrypted].concat()).into())
}

/// Go's slices complain where a text is too short or wasn't encrypted with this password.
fn decrypt(cx: &mut dyn Context, password: Text, encrypted: Text) -> Result<Text, CallError> {
    if encrypted.is_empty() {
        return Ok(encrypted);
    }
    charge(cx, encrypted.len())?;
    let bytes = base64_decoded(encrypted.as_bytes())?;
    let panic = |message: String| Err(CallError::Panic(message));
    let Some((start, blocks)) = bytes.split_first_chunk::<BLOCK>() else {
        return panic(format!("runtime error: slice bounds out of range [:{BLOCK}] with capacity {}", bytes.len()));
    };
    let cipher = cbc::Decryptor::<Aes256>::new(&key(&password).into(), &(*start).into());
    let Ok(mut plain) = cipher.decrypt_padded_vec::<NoPadding>(blocks) else {
        return panic("crypto/cipher: input not full blocks".to_owned());
    };
    let Some(&padding) = plain.last() else {
        return panic("runtime error: index out of range [-1]".to_owned());
    };
    let padding = usize::from(padding);
    if padding > plain.len() {
        let short = padding - plain.len();
        return panic(format!("runtime error: slice bounds out of range [:-{short}]"));
    }
    plain.truncate(plain.len() - padding);
    Ok(plain.into())
}
