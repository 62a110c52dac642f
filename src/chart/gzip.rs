//! Gzip, as far as an archive of a chart needs it: unpacked within a bound.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// Why data can't be unpacked. `Display` is Go's sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GzipError {
    /// It isn't gzip.
    Header,
    /// It is empty.
    Empty,
    /// It ends too early.
    UnexpectedEnd,
    /// It is damaged.
    Corrupt,
    /// It isn't what it was when it was packed.
    Checksum,
    /// It is larger than allowed.
    TooLarge,
}

impl std::fmt::Display for GzipError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Header => "gzip: invalid header",
            Self::Empty => "EOF",
            Self::UnexpectedEnd => "unexpected EOF",
            Self::Corrupt => "flate: corrupt input",
            Self::Checksum => "gzip: invalid checksum",
            Self::TooLarge => "decompressed archive is too large",
        })
    }
}

/// More members than these are not unpacked. Go has no such bound; an archive has one.
const MOST_MEMBERS: usize = 10_000;

/// Unpacks all members, up to `limit` bytes together.
pub(super) fn unpack(data: &[u8], limit: usize) -> Result<Vec<u8>, GzipError> {
    let (out, end) = unpack_some(data, limit);
    end.map(|()| out)
}

/// The same, with what came before an error.
pub(super) fn unpack_some(data: &[u8], limit: usize) -> (Vec<u8>, Result<(), GzipError>) {
    let mut out = Vec::new();
    let end = unpack_onto(&mut out, data, limit);
    (out, end)
}

fn unpack_onto(out: &mut Vec<u8>, mut data: &[u8], limit: usize) -> Result<(), GzipError> {
    if data.is_empty() {
        return Err(GzipError::Empty);
    }
    for _ in 0..MOST_MEMBERS {
        data = skip_header(data)?;
        let start = out.len();
        let used = inflate(data, out, limit)?;
        let trailer = data.get(used..).and_then(|rest| rest.split_at_checked(8));
        let (trailer, rest) = trailer.ok_or(GzipError::UnexpectedEnd)?;
        let member = out.get(start..).unwrap_or_default();
        if !trailer.starts_with(&crc32(member).to_le_bytes()) {
            return Err(GzipError::Checksum);
        }
        if rest.is_empty() {
            return Ok(());
        }
        data = rest;
    }
    Err(GzipError::TooLarge)
}

/// Whether the data begins as gzip does.
pub(super) fn looks_like_gzip(data: &[u8]) -> bool {
    data.starts_with(b"\x1f\x8b\x08")
}

fn skip_header(data: &[u8]) -> Result<&[u8], GzipError> {
    let (header, mut rest) = data.split_at_checked(10).ok_or(GzipError::UnexpectedEnd)?;
    if !looks_like_gzip(header) {
        return Err(GzipError::Header);
    }
    let flags = header.get(3).copied().unwrap_or_default();
    if flags & 0b100 != 0 {
        let (length, after) = rest.split_first_chunk::<2>().ok_or(GzipError::UnexpectedEnd)?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..).ok_or(GzipError::UnexpectedEnd)?;
    }
    for flag in [0b1000, 0b1_0000] {
        if flags & flag != 0 {
            let end = rest.iter().position(|&byte| byte == 0).ok_or(GzipError::UnexpectedEnd)?;
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
    if flags & 0b10 != 0 {
        rest = rest.get(2..).ok_or(GzipError::UnexpectedEnd)?;
    }
    Ok(rest)
}

const FLAGS: u32 = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;

/// Inflates one member onto `out`; how many bytes of the input it took.
fn inflate(data: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<usize, GzipError> {
    let mut state = Box::new(DecompressorOxide::new());
    // Back references stay inside the member: it gets a buffer of its own.
    let mut buffer = vec![0; data.len().saturating_mul(2).clamp(1024, 1 << 20)];
    let (mut used, mut written) = (0, 0);
    loop {
        let input = data.get(used..).unwrap_or_default();
        let (status, read, wrote) = decompress(&mut state, input, &mut buffer, written, FLAGS);
        used += read;
        written += wrote;
        if out.len() + written > limit {
            out.extend_from_slice(buffer.get(..written).unwrap_or_default());
            return Err(GzipError::TooLarge);
        }
        match status {
            TINFLStatus::Done => {
                out.extend_from_slice(buffer.get(..written).unwrap_or_default());
                return Ok(used);
            }
            TINFLStatus::HasMoreOutput => buffer.resize(buffer.len().saturating_mul(2), 0),
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => {
                return Err(GzipError::UnexpectedEnd);
            }
            _ => return Err(GzipError::Corrupt),
        }
    }
}

/// The checksum.
pub fn crc32(data: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|index| {
        let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        (0..8).fold(u32::try_from(index).unwrap_or_default(), |crc, _| step(crc))
    });
    let next = |crc: u32, byte: &u8| {
        let index = usize::from(crc.to_le_bytes()[0] ^ byte);
        table.get(index).copied().unwrap_or_default() ^ (crc >> 8)
    };
    !data.iter().fold(u32::MAX, next)
}
