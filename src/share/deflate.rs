//! Deflate with a preset dictionary: what both ends know already need not be sent.
//!
//! The dictionary goes first through the compressor, whose output up to there is thrown away; at the other end it stands
//! before the text that is unpacked. Only its last 32 KB can be pointed at.

use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// How far back a deflated text can point.
const WINDOW: usize = 32 << 10;

/// Why something can't be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unpacked {
    /// It is damaged.
    Damaged,
    /// It is larger than allowed.
    TooLarge,
}

/// Deflates as well as it goes.
pub(super) fn pack(dictionary: &[u8], bytes: &[u8]) -> Vec<u8> {
    const LEVEL: i32 = 9;
    const RAW: i32 = 0;
    let mut state = Box::new(CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, RAW, 0)));
    if !dictionary.is_empty() {
        compress_to_output(&mut state, window(dictionary), TDEFLFlush::Sync, |_| true);
    }
    let mut out = Vec::new();
    compress_to_output(&mut state, bytes, TDEFLFlush::Finish, |some| {
        out.extend_from_slice(some);
        true
    });
    out
}

/// Inflates up to `limit` bytes.
pub(super) fn unpack(dictionary: &[u8], packed: &[u8], limit: usize) -> Result<Vec<u8>, Unpacked> {
    let dictionary = window(dictionary);
    let mut state = Box::new(DecompressorOxide::new());
    let (mut used, mut end) = (0, dictionary.len());
    let largest = dictionary.len() + limit;
    let mut buffer = dictionary.to_vec();
    buffer.resize((end + packed.len() * 4 + 1024).min(largest), 0);
    loop {
        let input = packed.get(used..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, wrote) = decompress(&mut state, input, &mut buffer, end, flags);
        used += read;
        end += wrote;
        match status {
            TINFLStatus::Done => {
                buffer.truncate(end);
                return Ok(buffer.split_off(dictionary.len()));
            }
            TINFLStatus::HasMoreOutput if buffer.len() >= largest => return Err(Unpacked::TooLarge),
            TINFLStatus::HasMoreOutput => buffer.resize((buffer.len() * 2).min(largest), 0),
            _ => return Err(Unpacked::Damaged),
        }
    }
}

fn window(dictionary: &[u8]) -> &[u8] {
    dictionary.get(dictionary.len().saturating_sub(WINDOW)..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_dictionary_holds_costs_next_to_nothing() {
        let known: Vec<u8> = (0..5000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761) >> 7).to_le_bytes()).collect();
        let text = known.get(2000..4000).unwrap_or_default();
        let packed = pack(&known, text);
        assert!(packed.len() < 60, "{}", packed.len());
        assert_eq!(unpack(&known, &packed, 2000), Ok(text.to_vec()));
        assert_eq!(unpack(&known, &packed, 1999), Err(Unpacked::TooLarge));
        assert_eq!(unpack(b"", &packed, 2000), Err(Unpacked::Damaged), "the dictionary is needed");
    }

    #[test]
    fn dictionaries_of_any_length_do() {
        let long = vec![7; 100_000];
        for length in [0, 1, 300, WINDOW - 1, WINDOW, WINDOW + 1, 3 * WINDOW] {
            let dictionary: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap_or_default()).collect();
            for text in [b"".as_slice(), b"a: 1\n", &dictionary, &long] {
                let packed = pack(&dictionary, text);
                assert_eq!(unpack(&dictionary, &packed, 200_000).as_deref(), Ok(text), "{length}");
            }
        }
    }
}
