//! An experiment as a zip archive, for whoever wants to look into it: all files in a folder of the chart's name. The same
//! experiment gives the same bytes: every file is of the first day of 1980, where zip's calendar begins.

use miniz_oxide::deflate::compress_to_vec;

use super::archive::{Archive, PackError, metadata};
use crate::chart::crc32;
use crate::workspace::Experiment;

/// Packs an experiment. Its settings are not part of a chart.
pub fn zip(experiment: &Experiment) -> Result<Archive, PackError> {
    let metadata = metadata(experiment)?;
    let files = experiment.chart_files().map(|(path, content)| (format!("{}/{path}", metadata.name), content.bytes()));
    Ok(Archive { name: format!("{}-{}.zip", metadata.name, metadata.version), bytes: zipped(files) })
}

/// Files in an archive.
pub(super) fn zipped<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    const LEVEL: u8 = 9;
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, bytes) in files {
        let at = length(out.len());
        let packed = compress_to_vec(bytes, LEVEL);
        let fields = fields(&name, bytes, &packed);
        out.extend([b"PK\x03\x04".as_slice(), &fields, &[0; 2], name.as_bytes(), &packed].concat());
        // Made by a system like Unix: a file that everybody may read.
        directory.extend([b"PK\x01\x02\x14\x03".as_slice(), &fields, &[0; 8]].concat());
        directory.extend([(0o100_644_u32 << 16).to_le_bytes(), at].concat());
        directory.extend(name.as_bytes());
        count = count.saturating_add(1);
    }
    let (start, size) = (length(out.len()), length(directory.len()));
    out.extend(directory);
    let count = count.to_le_bytes();
    out.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &start, &[0; 2]].concat());
    out
}

/// What both headers of a file say alike: version, UTF-8, deflated, date, checksum, sizes, the name's length.
fn fields(name: &str, bytes: &[u8], packed: &[u8]) -> Vec<u8> {
    const FIRST_DAY: [u8; 4] = [0, 0, 0x21, 0];
    let name = u16::try_from(name.len()).unwrap_or(u16::MAX);
    let numbers = [crc32(bytes).to_le_bytes(), length(packed.len()), length(bytes.len())].concat();
    [[20, 0, 0, 8, 8, 0].as_slice(), &FIRST_DAY, &numbers, &name.to_le_bytes()].concat()
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}
