//! Whether templates of the Jinja dialect lie in a chart, also in the charts that are packed in `charts/`.

use super::content::Content;
use super::experiment::Files;
use crate::chart::{Entry, unpack_archive};
use crate::jinja::is_jinja;

/// Archives in archives that are opened.
const DEEPEST: usize = 4;

/// Archives that are remembered.
const REMEMBERED: usize = 64;

/// Remembers which archives hold such templates: to open one takes longer than a keystroke may.
#[derive(Clone, Debug, Default)]
pub struct JinjaFinder {
    seen: Vec<(Content, bool)>,
}

impl JinjaFinder {
    /// Whether such a template is among the files.
    pub fn finds(&mut self, files: &Files) -> bool {
        let is_plain = files.keys().any(|path| is_template(path.as_str()));
        is_plain || files.iter().any(|(path, content)| is_archive(path.as_str()) && self.holds(content))
    }

    fn holds(&mut self, archive: &Content) -> bool {
        if let Some((_, holds)) = self.seen.iter().find(|(seen, _)| seen.is_same(archive)) {
            return *holds;
        }
        let holds = holds(archive.bytes(), 0);
        if self.seen.len() >= REMEMBERED {
            self.seen.clear();
        }
        self.seen.push((archive.clone(), holds));
        holds
    }
}

fn holds(archive: &[u8], depth: usize) -> bool {
    let entries = unpack_archive("", archive).unwrap_or_default();
    let found = |entry: &Entry| {
        is_template(&entry.path) || depth < DEEPEST && is_archive(&entry.path) && holds(&entry.data, depth + 1)
    };
    entries.iter().any(found)
}

fn is_template(path: &str) -> bool {
    is_jinja(path) && path.contains("templates/")
}

fn is_archive(path: &str) -> bool {
    path.contains("charts/") && path.rsplit('.').next() == Some("tgz")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::FilePath;

    /// `d/templates/a.yaml.j2` and `d/Chart.yaml`, as `tar` packs them.
    fn archive(names: &[&str]) -> Vec<u8> {
        let mut tar = Vec::new();
        for name in names {
            let mut header = [0_u8; 512];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[100..107].copy_from_slice(b"0000644");
            header[124..135].copy_from_slice(b"00000000000");
            header[148..156].fill(b' ');
            header[156] = b'0';
            let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
            header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
            tar.extend_from_slice(&header);
        }
        tar.extend_from_slice(&[0; 1024]);
        let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        gzip.extend(miniz_oxide::deflate::compress_to_vec(&tar, 6));
        gzip.extend_from_slice(&crate::chart::crc32(&tar).to_le_bytes());
        gzip.extend_from_slice(&u32::try_from(tar.len()).unwrap().to_le_bytes());
        gzip
    }

    #[test]
    fn templates_in_packed_charts_count() {
        let files = |names: &[&str]| -> Files {
            let path = FilePath::parse("charts/d-1.0.0.tgz").unwrap();
            [(path, Content::from_bytes(&archive(names)))].into_iter().collect()
        };
        let mut finder = JinjaFinder::default();
        assert!(finder.finds(&files(&["d/Chart.yaml", "d/templates/a.yaml.j2"])));
        assert!(!finder.finds(&files(&["d/Chart.yaml", "d/templates/a.yaml"])));
        assert!(!finder.finds(&files(&["d/Chart.yaml", "d/files/a.j2"])));
    }
}
