//! Go's `encoding/pem`: bytes in base64 between a line that begins and one that ends them.

use crate::sprig::encoding::{base64, base64_decoded};

/// What a block holds.
pub(super) struct Block {
    /// `CERTIFICATE`, `RSA PRIVATE KEY`.
    pub kind: String,
    pub bytes: Vec<u8>,
}

pub(super) fn encode(kind: &str, bytes: &[u8]) -> String {
    const WIDTH: usize = 64;
    let mut out = format!("-----BEGIN {kind}-----\n");
    for (at, character) in base64(bytes).chars().enumerate() {
        if at > 0 && at % WIDTH == 0 {
            out.push('\n');
        }
        out.push(character);
    }
    let end = if bytes.is_empty() { "" } else { "\n" };
    format!("{out}{end}-----END {kind}-----\n")
}

/// The first block; what stands before it, and blocks that aren't whole, are skipped.
pub(super) fn decode(text: &[u8]) -> Option<Block> {
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    while let Some(line) = lines.next() {
        let Some(kind) = between(line, b"-----BEGIN ") else { continue };
        let mut body = Vec::new();
        let mut is_head = true;
        for line in lines.by_ref() {
            if line.starts_with(b"-----END ") {
                if let (true, Ok(bytes)) = (between(line, b"-----END ") == Some(kind), base64_decoded(&body)) {
                    return Some(Block { kind: String::from_utf8_lossy(kind).into_owned(), bytes });
                }
                break;
            }
            // Lines with a colon at the beginning are headers, which nobody here asks for.
            is_head &= line.contains(&b':');
            if !is_head {
                body.extend(line.iter().filter(|byte| !matches!(byte, b' ' | b'\t')));
            }
        }
    }
    None
}

fn between<'a>(line: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    line.strip_prefix(start)?.strip_suffix(b"-----")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_as_they_are_written() {
        let bytes: Vec<u8> = (0..100).collect();
        let text = encode("X KEY", &bytes);
        assert_eq!(text.lines().map(str::len).collect::<Vec<_>>(), [21, 64, 64, 8, 19]);
        let block = decode(format!("before\n-----BEGIN Y-----\n%\n-----END Y-----\n{text}after").as_bytes()).unwrap();
        assert_eq!((block.kind.as_str(), block.bytes), ("X KEY", bytes));
        assert!(decode(b"-----BEGIN X-----\nAAAA\n-----END Y-----\n").is_none());
        assert!(decode(b"-----BEGIN X-----\nAAAA\n").is_none());
        assert_eq!(decode(b"-----BEGIN X-----\nA: b\n\nAAAA\n-----END X-----").unwrap().bytes, [0; 3]);
    }
}
