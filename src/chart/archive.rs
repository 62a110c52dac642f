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
        if member.kind == Kind::File {
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
