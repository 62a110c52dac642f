//! Base64, as Secrets have it.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in base64, padded.
pub fn encode(bytes: &[u8]) -> String {
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(chunk.get(at).copied().unwrap_or(0)));
        (0..4).map(move |at| if at > chunk.len() { None } else { Some(bits >> (18 - 6 * at) & 0x3f) })
    });
    let digit = |digit: Option<usize>| digit.and_then(|digit| ALPHABET.get(digit)).map_or('=', |&byte| byte.into());
    digits.map(digit).collect()
}

#[test]
fn the_end_is_padded() {
    let cases: [(&[u8], &str); 5] =
        [(b"", ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"foo", "Zm9v"), (&[0xff, 0xfe, 0xfd, 0xfc], "//79/A==")];
    for (bytes, text) in cases {
        assert_eq!(encode(bytes), text);
    }
}
