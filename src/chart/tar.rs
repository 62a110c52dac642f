//! Tar, as far as an archive of a chart needs it: names, kinds and contents; with the long names of GNU and of POSIX.

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member<'a> {
    /// Its path.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: Kind,
    /// Its content.
    pub(super) data: &'a [u8],
}

/// What a member is. Helm looks only whether it is a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file.
    File,
    /// A link or a device, which pass for empty files.
    Special,
    /// A directory, or a header for the whole archive.
    Other,
}

const BLOCK: usize = 512;
const INVALID: &str = "archive/tar: invalid tar header";

/// The members in order. After an error there are no more.
pub(super) fn members(stream: &[u8]) -> impl Iterator<Item = Result<Member<'_>, String>> {
    let mut reader = Reader { rest: stream, failed: false };
    std::iter::from_fn(move || reader.next_member().transpose())
}

struct Reader<'a> {
    rest: &'a [u8],
    failed: bool,
}

/// What special members say about the one that follows.
#[derive(Default)]
struct Extension {
    name: Option<String>,
    size: Option<usize>,
}

impl<'a> Reader<'a> {
    fn next_member(&mut self) -> Result<Option<Member<'a>>, String> {
        if self.failed {
            return Ok(None);
        }
        let member = self.read();
        self.failed = member.is_err();
        member
    }

    fn read(&mut self) -> Result<Option<Member<'a>>, String> {
        let mut extension = Extension::default();
        loop {
            let Some(header) = self.header()? else { return Ok(None) };
            let flag = header.get(156).copied().unwrap_or_default();
            let own_size = number(field(header, 124, 12)).ok_or(INVALID)?;
            // Only what Go counts as having content is followed by it.
            let has_data = !matches!(flag, b'1'..=b'6');
            let size =
                if matches!(flag, b'x' | b'L' | b'K' | b'g') { own_size } else { extension.size.unwrap_or(own_size) };
            let data = self.content(if has_data { size } else { 0 })?;
            match flag {
                b'x' => read_pax(data, &mut extension)?,
                b'L' => extension.name = Some(text(data)),
                b'K' => {}
                _ => {
                    let name = extension.name.take().unwrap_or_else(|| header_name(header));
                    let is_directory = flag == b'5' || matches!(flag, 0 | b'0') && name.ends_with('/');
                    let kind = match flag {
                        _ if is_directory || flag == b'g' => Kind::Other,
                        b'1'..=b'6' => Kind::Special,
                        _ => Kind::File,
                    };
                    return Ok(Some(Member { name, kind, data }));
                }
            }
        }
    }

    /// The next header; nothing at the end, which is two blocks of zeros or the end of the stream.
    fn header(&mut self) -> Result<Option<&'a [u8]>, String> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (header, rest) = self.rest.split_at_checked(BLOCK).ok_or("unexpected EOF")?;
        self.rest = rest;
        if header.iter().all(|&byte| byte == 0) {
            let next = self.rest.get(..BLOCK.min(self.rest.len())).unwrap_or_default();
            return if next.iter().all(|&byte| byte == 0) { Ok(None) } else { Err(INVALID.to_owned()) };
        }
        let sum =
            header.iter().enumerate().map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { usize::from(byte) });
        if number(field(header, 148, 8)) == Some(sum.sum()) { Ok(Some(header)) } else { Err(INVALID.to_owned()) }
    }

    /// Content, and the padding after it.
    fn content(&mut self, size: usize) -> Result<&'a [u8], String> {
        let (data, rest) = self.rest.split_at_checked(size).ok_or("unexpected EOF")?;
        let padding = size.next_multiple_of(BLOCK) - size;
        self.rest = rest.get(padding..).unwrap_or_default();
        Ok(data)
    }
}

fn field(header: &[u8], start: usize, length: usize) -> &[u8] {
    header.get(start..start + length).unwrap_or_default()
}

/// Text up to the first zero.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

fn header_name(header: &[u8]) -> String {
    let name = text(field(header, 0, 100));
    let prefix = if field(header, 257, 6) == b"ustar\0" { text(field(header, 345, 155)) } else { String::new() };
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// A number in octal digits, or in binary where the first bit is set.
fn number(bytes: &[u8]) -> Option<usize> {
    let (&first, rest) = bytes.split_first()?;
    if first & 0x80 != 0 {
        let start = usize::from(first & 0x7f);
        return rest.iter().try_fold(start, |n, &byte| n.checked_mul(256)?.checked_add(byte.into()));
    }
    let text = text(bytes);
    let digits = text.trim_matches(' ');
    if digits.is_empty() { Some(0) } else { usize::from_str_radix(digits, 8).ok() }
}

/// Records of the form `27 path=web/templates/a.yaml\n`; the number is the length of the record.
fn read_pax(mut data: &[u8], extension: &mut Extension) -> Result<(), String> {
    while !data.is_empty() {
        let space = data.iter().position(|&byte| byte == b' ').ok_or(INVALID)?;
        let length = data.get(..space).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<usize>().ok());
        let (record, rest) = length.and_then(|length| data.split_at_checked(length)).ok_or(INVALID)?;
        let record = record.get(space + 1..).and_then(|record| record.strip_suffix(b"\n")).ok_or(INVALID)?;
        let equals = record.iter().position(|&byte| byte == b'=').ok_or(INVALID)?;
        let (key, value) = record.split_at(equals);
        let value = text(value.get(1..).unwrap_or_default());
        match key {
            b"path" => extension.name = Some(value),
            b"size" => extension.size = Some(value.parse().map_err(|_| INVALID)?),
            _ => {}
        }
        data = rest;
    }
    Ok(())
}
