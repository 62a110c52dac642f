//! The bytes before they are scanned: encoding, and which characters may not occur.
//!
//! Go reads its input in windows of 512 bytes, and complains about a character only when it gets to its window: a
//! fault that the scanner finds in an earlier window is reported first. So the text ends here where the window with
//! the first bad character begins, and the fault is kept for the scanner that runs into that end.

use std::borrow::Cow;

use super::error::{Error, ErrorKind, Reader};

/// Go's window.
const WINDOW: usize = 512;

/// Text that can be scanned.
pub(super) struct Input<'a> {
    /// Valid text without forbidden characters, the byte order mark included.
    pub(super) text: Cow<'a, str>,
    /// First byte after the byte order mark.
    pub(super) start: usize,
    /// What is wrong with the window after its end.
    pub(super) fault: Option<Error>,
}

/// Finds the encoding, and ends the text before the window with its first fault.
pub(super) fn read(bytes: &[u8]) -> Input<'_> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => utf8(bytes, 3),
        _ => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], start: usize) -> Input<'_> {
    let (valid, encoding_fault) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (good, bad) = bytes.split_at(error.valid_up_to());
            (std::str::from_utf8(good).unwrap_or_default(), Some((good.len(), invalid(bad))))
        }
    };
    let control = forbidden(valid).map(|at| (at, Reader::ControlCharacter));
    let Some((at, fault)) = control.or(encoding_fault) else {
        return Input { text: Cow::Borrowed(valid), start, fault: None };
    };
    let text = valid.get(..window_start(valid, at)).unwrap_or_default();
    let fault = Error::at(ErrorKind::Reader(fault), at..at + 1);
    Input { text: Cow::Borrowed(text), start, fault: Some(fault) }
}

/// Where the window that holds byte `at` begins. A window ends before a character that would be cut.
fn window_start(text: &str, at: usize) -> usize {
    let mut begin = 0;
    let mut end = WINDOW;
    loop {
        while end < text.len() && !text.is_char_boundary(end) {
            end -= 1;
        }
        // The bad character may itself be cut, and then belongs to the next window; Go waits for its rest.
        if at < end {
            return begin;
        }
        if end >= text.len() && at - begin < WINDOW {
            return begin;
        }
        begin = end.min(text.len());
        end = begin + WINDOW;
    }
}

/// The first character that YAML forbids.
fn forbidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = first_suspicious(bytes.get(at..)?) {
        at += found;
        let c = text.get(at..)?.chars().next()?;
        if !is_allowed(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// The first byte that a forbidden character may begin with. Most texts have none: whole pieces are asked first.
fn first_suspicious(bytes: &[u8]) -> Option<usize> {
    const PIECE: usize = 64;
    let any = |piece: &[u8]| piece.iter().fold(false, |found, &byte| found | suspicious(byte));
    let start = bytes.chunks(PIECE).position(any)? * PIECE;
    bytes.get(start..)?.iter().position(|&byte| suspicious(byte)).map(|at| start + at)
}

/// Bytes that a forbidden character may begin with.
fn suspicious(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\n') || byte == 0x7F || byte == 0xC2 || byte == 0xEF
}

/// Whether YAML 1.1 lets the character stand in a stream.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}

/// What Go says of a sequence that is not UTF-8.
fn invalid(bytes: &[u8]) -> Reader {
    let first = bytes.first().copied().unwrap_or(0);
    let width = match first {
        0x00..=0x7F => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => return Reader::LeadingOctet,
    };
    let Some(sequence) = bytes.get(..width) else { return Reader::IncompleteSequence };
    let mut value = u32::from(first) & (0x7F >> width);
    for byte in sequence.iter().skip(1) {
        if byte & 0xC0 != 0x80 {
            return Reader::TrailingOctet;
        }
        value = (value << 6) | u32::from(byte & 0x3F);
    }
    let least = [0, 0, 0x80, 0x800, 0x1_0000].get(width).copied().unwrap_or(0);
    if value < least { Reader::SequenceLength } else { Reader::Character }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Input<'static> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut fault = None;
    for c in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match c {
            Ok(c) if is_allowed(c) => text.push(c),
            Ok(_) => fault = Some(Reader::ControlCharacter),
            Err(error) if error.unpaired_surrogate() & 0xFC00 == 0xDC00 => fault = Some(Reader::LowSurrogate),
            Err(_) => fault = Some(Reader::NoLowSurrogate),
        }
        if fault.is_some() {
            break;
        }
    }
    if fault.is_none() && !rest.is_empty() {
        fault = Some(Reader::IncompleteUtf16);
    }
    let at = text.len();
    let fault = fault.map(|fault| Error::at(ErrorKind::Reader(fault), at..at));
    Input { text: Cow::Owned(text), start: 0, fault }
}
