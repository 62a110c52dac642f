//! What a link's characters are: base64url of a header and a body. The header says how long the body should be and what
//! its checksum should be, so that a link that was cut off or altered on its way is found out.
//!
//! Four bytes of length (large end first) and four of checksum. No body has 16 MB, so the first byte was 0 in the first
//! links; it names the dictionary with which the body was deflated, 0 for none. With a dictionary the checksum is that of
//! the link's kind, the dictionary's number and the body; without, of the body alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use super::{LinkError, MOST_BYTES};
use crate::chart::crc32;

/// Version and kind stand before it: `1.f.`
const PREFIX: usize = 4;

/// Dictionary, length and checksum.
const HEADER: usize = 8;

/// The body of a link, its kind, and the number of its dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) kind: u8,
    pub(super) dictionary: u8,
    pub(super) body: Vec<u8>,
}

impl Frame {
    /// The characters behind the prefix.
    pub(super) fn seal(&self) -> String {
        let length = u32::try_from(self.body.len()).unwrap_or(u32::MAX).to_be_bytes();
        let [_, length @ ..] = length;
        let checksum = self.checksum().to_be_bytes();
        BASE64.encode([&[self.dictionary], length.as_slice(), &checksum, &self.body].concat())
    }

    /// Reads the characters behind the prefix.
    pub(super) fn open(kind: u8, payload: &str) -> Result<Self, LinkError> {
        // A full stop or a bracket of the sentence around it.
        let payload = payload.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let got = PREFIX + payload.len();
        let header = header(payload).ok_or(LinkError::CutOff { expected: None, got })??;
        let expected = PREFIX + (HEADER + header.length).saturating_mul(4).div_ceil(3);
        if got < expected {
            // A length that no link of ours can have was not written by us.
            let likely = header.length <= MOST_BYTES * 2;
            return Err(if likely { LinkError::CutOff { expected: Some(expected), got } } else { LinkError::Altered });
        }
        let bytes = BASE64.decode(payload).map_err(|_| LinkError::Altered)?;
        let body = bytes.get(HEADER..).filter(|body| body.len() == header.length).ok_or(LinkError::Altered)?;
        let frame = Self { kind, dictionary: header.dictionary, body: body.to_vec() };
        if frame.checksum() == header.checksum { Ok(frame) } else { Err(LinkError::Altered) }
    }

    fn checksum(&self) -> u32 {
        match self.dictionary {
            0 => crc32(&self.body),
            _ => crc32(&[&[self.kind, self.dictionary], self.body.as_slice()].concat()),
        }
    }
}

struct Header {
    dictionary: u8,
    length: usize,
    checksum: u32,
}

/// The header; `None` where not even it arrived.
fn header(payload: &str) -> Option<Result<Header, LinkError>> {
    const CHARACTERS: usize = 12;
    let start = payload.as_bytes().get(..CHARACTERS)?;
    let Ok(bytes) = BASE64.decode(start) else { return Some(Err(LinkError::Altered)) };
    let (&[dictionary, a, b, c], rest) = bytes.split_first_chunk::<4>()?;
    let (checksum, _) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes([0, a, b, c]) as usize;
    Some(Ok(Header { dictionary, length, checksum: u32::from_be_bytes(*checksum) }))
}
