//! Zip, as far as a chart needs it: a stranger's archive, unpacked within bounds. What it holds is read from the directory
//! at its end, before anything is unpacked.

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::Chosen;
use crate::chart::crc32;

/// More entries than these are not looked at.
const MOST_ENTRIES: usize = 10_000;

/// Whether the bytes begin as a zip archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive, up to `limit` bytes together. The error says what is wrong, without a full stop.
pub(super) fn unzip(bytes: &[u8], limit: usize) -> Result<Vec<Chosen>, String> {
    let mut remaining = limit;
    let mut files = Vec::new();
    for entry in directory(bytes)? {
        if entry.name.ends_with('/') || entry.name.starts_with("__MACOSX/") {
            continue;
        }
        check(&entry)?;
        if entry.size > remaining {
            return Err(format!("it unpacks to more than {} MB", limit >> 20));
        }
        let content = content(bytes, &entry)?;
        remaining -= content.len();
        files.push((entry.name, content));
    }
    if files.is_empty() { Err("there is no file in it".to_owned()) } else { Ok(files) }
}

/// A file as the directory has it.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    size: usize,
    /// Kind and rights on a system like Unix; 0 where it came from another.
    mode: u32,
    /// Where its own header is.
    at: usize,
}

/// Refuses what leads out of the chart, and what isn't a file.
fn check(entry: &Entry) -> Result<(), String> {
    const KIND: u32 = 0o170_000;
    const FILE: u32 = 0o100_000;
    let name = &entry.name;
    let leads_out = name.starts_with('/') || name.contains('\\') || name.split('/').any(|part| part == "..");
    if leads_out || name.get(1..2) == Some(":") {
        return Err(format!("{name:?} leads out of the chart"));
    }
    if entry.mode & KIND != 0 && entry.mode & KIND != FILE {
        return Err(format!("{name:?} is a link or a device, not a file"));
    }
    if entry.flags & 1 != 0 {
        return Err("it is locked with a password".to_owned());
    }
    Ok(())
}

const BROKEN: &str = "it is damaged or cut off";

/// The directory at the end.
fn directory(bytes: &[u8]) -> Result<Vec<Entry>, String> {
    // The last record has 22 bytes and a comment of up to 64 KB behind it.
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let tail = bytes.get(from..).unwrap_or_default();
    let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06").ok_or(BROKEN)?;
    let end = tail.get(end..).unwrap_or_default();
    let comment = usize::from(u16_at(end, 20).ok_or(BROKEN)?);
    // How many there are stands twice in it.
    if end.len() < 22 + comment || u16_at(end, 8) != u16_at(end, 10) {
        return Err(BROKEN.to_owned());
    }
    let count = usize::from(u16_at(end, 10).ok_or(BROKEN)?);
    let mut at = u32_at(end, 16).ok_or(BROKEN)? as usize;
    if count > MOST_ENTRIES {
        return Err(format!("it has too many entries: {count}, at most {MOST_ENTRIES}"));
    }
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let record = bytes.get(at..).filter(|record| record.starts_with(b"PK\x01\x02")).ok_or(BROKEN)?;
        let (entry, length) = entry(record).ok_or(BROKEN)?;
        entries.push(entry);
        at += length;
    }
    Ok(entries)
}

/// An entry of the directory, and its length.
fn entry(record: &[u8]) -> Option<(Entry, usize)> {
    const FIXED: usize = 46;
    let lengths = [u16_at(record, 28)?, u16_at(record, 30)?, u16_at(record, 32)?].map(usize::from);
    let name = record.get(FIXED..FIXED + lengths[0])?;
    let from_unix = record.get(5) == Some(&3);
    let entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        flags: u16_at(record, 8)?,
        method: u16_at(record, 10)?,
        checksum: u32_at(record, 16)?,
        packed: u32_at(record, 20)? as usize,
        size: u32_at(record, 24)? as usize,
        mode: if from_unix { u32_at(record, 38)? >> 16 } else { 0 },
        at: u32_at(record, 42)? as usize,
    };
    Some((entry, FIXED + lengths.iter().sum::<usize>()))
}

fn content(bytes: &[u8], entry: &Entry) -> Result<Vec<u8>, String> {
    const FIXED: usize = 30;
    let header = bytes.get(entry.at..).filter(|header| header.starts_with(b"PK\x03\x04")).ok_or(BROKEN)?;
    let lengths = (u16_at(header, 26).ok_or(BROKEN)?, u16_at(header, 28).ok_or(BROKEN)?);
    let (name, start) = (usize::from(lengths.0), FIXED + usize::from(lengths.0) + usize::from(lengths.1));
    if header.get(FIXED..FIXED + name).map(String::from_utf8_lossy).as_deref() != Some(&entry.name) {
        return Err(BROKEN.to_owned());
    }
    let packed = header.get(start..).and_then(|rest| rest.get(..entry.packed)).ok_or(BROKEN)?;
    let content = match entry.method {
        0 => packed.to_vec(),
        8 => decompress_to_vec_with_limit(packed, entry.size).map_err(|error| match error.status {
            TINFLStatus::HasMoreOutput => format!("{:?} is larger than it says", entry.name),
            _ => BROKEN.to_owned(),
        })?,
        _ => return Err(format!("{:?} is packed in a way that is not known here", entry.name)),
    };
    let is_whole = content.len() == entry.size && crc32(&content) == entry.checksum;
    if is_whole { Ok(content) } else { Err(BROKEN.to_owned()) }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}
