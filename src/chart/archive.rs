//! `.tgz` → files, with Helm's checks: no paths out of the chart, no file and no chart too large.

use std::fmt;

use super::error::{ErrorKind, quoted};
use super::gzip::{self, GzipError};
use super::loader::MAX_FILE;
use super::tar::{self, Kind};
use super::{Entry, Error};

/// The largest chart, unpacked: the sum of its files.
const MAX_CHART: usize = 100 << 20;
/// The largest tar stream. Helm counts only the files in it; headers could go on for ever.
const MAX_STREAM: usize = MAX_CHART + (32 << 20);

/// Why an archive can't be loaded. `Display` is Helm's sentence about an archive inside a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ArchiveError {
    /// It isn't gzip.
    NotGzip,
    /// Anything else.
    Broken(String),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGzip => GzipError::Header.fmt(f),
            Self::Broken(message) => f.write_str(message),
        }
    }
}

impl ArchiveError {
    /// What Helm says where the archive is the chart itself: less.
    pub(super) fn of_chart(self, name: &str) -> Error {
        ErrorKind::Archive(match self {
            Self::NotGzip => format!("file '{name}' does not appear to be a valid chart file (details: {self})"),
            Self::Broken(_) => "unable to load chart archive".to_owned(),
        })
        .into()
    }
}

fn broken<T>(message: impl Into<String>) -> Result<T, ArchiveError> {
    Err(ArchiveError::Broken(message.into()))
}

/// Whether a file can be an archive at all; if not, the message helps with a mistaken argument.
pub(super) fn ensure(name: &str, data: &[u8]) -> Result<(), Error> {
    if gzip::looks_like_gzip(data) {
        return Ok(());
    }
    let message = if [".yml", ".yaml"].iter().any(|extension| name.ends_with(extension)) {
        format!("file '{name}' seems to be a YAML file, but expected a gzipped archive")
    } else {
        let found = content_type(data);
        format!("file '{name}' does not appear to be a gzipped archive; got '{found}'")
    };
    Err(ErrorKind::Archive(message).into())
}

/// Go's guess at the kind of a file, for the kinds that people hand in. Helm asks about 512 bytes, and fills a shorter
/// file up with zeros.
fn content_type(data: &[u8]) -> &'static str {
    const LOOKED_AT: usize = 512;
    let head = data.get(..LOOKED_AT).unwrap_or(data);
    let binary = |byte: &u8| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f);
    match head {
        _ if head.starts_with(b"PK\x03\x04") => "application/zip",
        _ if head.starts_with(b"%PDF-") => "application/pdf",
        _ if head.starts_with(b"\x89PNG\x0d\x0a\x1a\x0a") => "image/png",
        _ if head.starts_with(b"\xff\xd8\xff") => "image/jpeg",
        _ if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") => "image/gif",
        _ if head.len() < LOOKED_AT || head.iter().any(binary) => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}

/// The files of an archive, below its one directory.
pub(super) fn unpack(data: &[u8]) -> Result<Vec<Entry>, ArchiveError> {
    let stream = gzip::unpack(data, MAX_STREAM).map_err(|error| match error {
        GzipError::Header => ArchiveError::NotGzip,
        GzipError::TooLarge => ArchiveError::Broken(too_large()),
        other => ArchiveError::Broken(other.to_string()),
    })?;
    let mut remaining = MAX_CHART;
    let mut entries = Vec::new();
    for member in tar::members(&stream) {
        let member = member.map_err(ArchiveError::Broken)?;
        if member.kind != Kind::Other {
            let path = inner_path(&member.name)?;
            let size = member.data.len();
            if size > remaining {
                return broken(too_large());
            }
            if size > MAX_FILE {
                let name = quoted(&member.name);
                return broken(format!(
                    "decompressed chart file {name} is larger than the maximum file size {MAX_FILE}"
                ));
            }
            remaining -= size;
            if remaining == 0 {
                return broken(too_large());
            }
            entries.push(Entry::new(path, member.data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(member.data)));
        }
    }
    if entries.is_empty() {
        return broken("no files in chart archive");
    }
    Ok(entries)
}

/// Bounds for an archive that nobody vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of all files together, unpacked.
    pub bytes: usize,
    /// How many entries there may be.
    pub entries: usize,
}

/// The files of a stranger's archive, below its one directory: within bounds, and without links. The error says what is
/// wrong, without a full stop.
pub fn unpack_within(data: &[u8], bounds: Bounds) -> Result<Vec<Entry>, String> {
    // A header has a block, what is filled up less than another.
    let limit = bounds.bytes + bounds.entries * 1024;
    let (stream, end) = gzip::unpack_some(data, limit);
    let (mut entries, mut count, mut remaining) = (Vec::new(), 0, bounds.bytes);
    for member in tar::members(&stream) {
        let member = match (member, end) {
            (Ok(member), _) => member,
            // Where the stream is cut off, its last member is as well.
            (Err(_), Err(why)) => return Err(why_not(why, bounds)),
            (Err(words), Ok(())) => return Err(words),
        };
        count += 1;
        if count > bounds.entries {
            return Err(format!("it has too many entries: more than {}", bounds.entries));
        }
        match member.kind {
            Kind::Other => continue,
            Kind::Special => return Err(format!("{} is a link or a device, not a file", quoted(&member.name))),
            Kind::File => {}
        }
        let path = inner_path(&member.name).map_err(|error| format!("{error}: {}", quoted(&member.name)))?;
        remaining = remaining.checked_sub(member.data.len()).ok_or_else(|| beyond(bounds))?;
        entries.push(Entry::new(path, member.data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(member.data)));
    }
    match end {
        Err(why) => Err(why_not(why, bounds)),
        Ok(()) if entries.is_empty() => Err("there is no file in it".to_owned()),
        Ok(()) => Ok(entries),
    }
}

fn why_not(error: GzipError, bounds: Bounds) -> String {
    if error == GzipError::TooLarge { beyond(bounds) } else { error.to_string() }
}

fn beyond(bounds: Bounds) -> String {
    format!("it unpacks to more than {} MB", bounds.bytes >> 20)
}

fn too_large() -> String {
    format!("decompressed chart is larger than the maximum size {MAX_CHART}")
}

/// The path without the archive's own directory.
fn inner_path(name: &str) -> Result<String, ArchiveError> {
    // Archives from Windows may have backslashes.
    let delimiter = if name.contains('\\') { '\\' } else { '/' };
    let (directory, inner) = name.split_once(delimiter).unwrap_or((name, ""));
    let inner = inner.replace(delimiter, "/");
    if inner.starts_with('/') {
        return broken("chart illegally contains absolute paths");
    }
    let path = clean(&inner);
    if path == "." {
        return broken(format!("chart illegally contains content outside the base directory: {}", quoted(name)));
    }
    if path.starts_with("..") {
        return broken("chart illegally references parent directory");
    }
    let is_drive = |path: &str| matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    if is_drive(&path) {
        return broken("chart contains illegally named files");
    }
    if directory == "Chart.yaml" {
        return broken("chart yaml not in base directory");
    }
    Ok(path)
}

/// Go's `path.Clean` of a relative path.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_out_of_the_chart_are_refused() {
        let path = |name| inner_path(name).map_err(|error| error.to_string());
        assert_eq!(path("web/templates/../a.yaml"), Ok("a.yaml".to_owned()));
        assert_eq!(path("web\\templates\\a.yaml"), Ok("templates/a.yaml".to_owned()));
        for (name, want) in [
            ("web//etc/passwd", "chart illegally contains absolute paths"),
            ("web/../../x", "chart illegally references parent directory"),
            ("web/..x", "chart illegally references parent directory"),
            ("x", "chart illegally contains content outside the base directory: \"x\""),
            ("web/c:/x", "chart contains illegally named files"),
            ("Chart.yaml/x", "chart yaml not in base directory"),
        ] {
            assert_eq!(path(name), Err(want.to_owned()), "{name}");
        }
    }

    /// A tar member with its content, padded.
    fn member(name: &str, flag: u8, data: &[u8]) -> Vec<u8> {
        let mut header = vec![0; 512];
        let mut put = |at: usize, bytes: &[u8]| header.splice(at..at + bytes.len(), bytes.iter().copied()).count();
        put(0, name.as_bytes());
        put(124, format!("{:011o}", data.len()).as_bytes());
        put(148, b"        ");
        put(156, &[flag]);
        put(257, b"ustar\x0000");
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header.splice(148..156, format!("{sum:06o}\0 ").bytes());
        header.extend_from_slice(data);
        header.resize(header.len().next_multiple_of(512), 0);
        header
    }

    fn gzipped(data: &[u8], checksum: u32) -> Vec<u8> {
        let mut out = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
        out.extend(miniz_oxide::deflate::compress_to_vec(data, 6));
        out.extend(checksum.to_le_bytes());
        out.extend((u32::try_from(data.len()).unwrap_or_default()).to_le_bytes());
        out
    }

    #[test]
    fn archives_are_unpacked_with_long_names_and_without_marks() {
        let long = format!("web/{}", "d/".repeat(60));
        let pax = format!("{long}x");
        let record = format!(" path={pax}\n");
        let record = format!("{}{record}", record.len() + 3);
        let mut stream = member("pax_global_header", b'g', b"");
        stream.extend(member("web/", b'5', b""));
        stream.extend(member("web/values.yaml", b'0', b"\xef\xbb\xbfa: 1"));
        stream.extend(member("x", b'x', record.as_bytes()));
        stream.extend(member("web/short", b'0', b"2"));
        stream.extend(member("././@LongLink", b'L', format!("{long}y\0").as_bytes()));
        stream.extend(member("web/short", b'0', b"3"));
        stream.extend([0; 1024]);
        let archive = gzipped(&stream, gzip::crc32(&stream));
        let inner = long.strip_prefix("web/").unwrap_or_default();
        let want = [("values.yaml".to_owned(), "a: 1"), (format!("{inner}x"), "2"), (format!("{inner}y"), "3")];
        let want = want.map(|(path, data)| Entry::new(path, data.as_bytes())).to_vec();
        assert_eq!(unpack(&archive), Ok(want));
        let broken = |archive: &[u8]| unpack(archive).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(broken(&gzipped(&stream, 1)), Err("gzip: invalid checksum".to_owned()));
        assert_eq!(broken(archive.get(..40).unwrap_or_default()), Err("unexpected EOF".to_owned()));
        assert_eq!(broken(b"PK\x03\x04 and so on"), Err("gzip: invalid header".to_owned()));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let large = member("web/large", b'0', &vec![0; MAX_FILE + 1]);
        let archive = gzipped(&large, gzip::crc32(&large));
        let want = "decompressed chart file \"web/large\" is larger than the maximum file size 5242880";
        assert_eq!(unpack(&archive), Err(ArchiveError::Broken(want.to_owned())));
        assert_eq!(gzip::unpack(&archive, 1000), Err(GzipError::TooLarge));
    }

    #[test]
    fn what_is_no_archive_is_named() {
        let message = |name, data: &[u8]| ensure(name, data).map_err(|error| error.to_string());
        let want = "file 'v.yaml' seems to be a YAML file, but expected a gzipped archive";
        assert_eq!(message("v.yaml", b"a: 1"), Err(want.into()));
        let want = "file 'x' does not appear to be a gzipped archive; got 'application/octet-stream'";
        assert_eq!(message("x", b"a: 1"), Err(want.into()));
        let want = "file 'x' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8'";
        assert_eq!(message("x", &[b'a'; 600]), Err(want.into()));
    }
}
