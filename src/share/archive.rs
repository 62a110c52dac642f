//! An experiment as a packed chart: what `helm package` makes and `helm install` takes. A tar stream (POSIX ustar),
//! gzipped, with all files in a folder of the chart's name.
//!
//! What `.helmignore` names stays out, as with Helm. The same experiment gives the same bytes: every file is of the first
//! second of 1970, owned by nobody.

use std::fmt;

use miniz_oxide::deflate::compress_to_vec;

use crate::chart::{self, Entry, Ignored, Log, Metadata, crc32};
use crate::source;
use crate::workspace::{Content, Experiment, FilePath};

/// A packed chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// `web-0.1.0.tgz`
    pub name: String,
    /// The file's content.
    pub bytes: Vec<u8>,
}

/// Why a chart can't be packed. `Display` is the sentence shown, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// Helm would not load it; why, in Helm's words.
    NoChart(String),
    /// A path that tar has no room for.
    PathTooLong(FilePath),
}

/// Packs an experiment. Its settings are not part of a chart.
pub fn pack(experiment: &Experiment) -> Result<Archive, PackError> {
    let metadata = metadata(experiment)?;
    let mut stream = Vec::new();
    let helmignore = FilePath::parse(".helmignore").ok().and_then(|path| experiment.file(&path));
    let ignored = Ignored::by(helmignore.map(Content::bytes));
    for (path, content) in experiment.chart_files().filter(|(path, _)| !ignored.names(path.as_str())) {
        let header = header(&format!("{}/{path}", metadata.name), content.len());
        stream.extend(header.ok_or_else(|| PackError::PathTooLong(path.clone()))?);
        stream.extend(content.bytes());
        stream.resize(stream.len().next_multiple_of(BLOCK), 0);
    }
    // Two empty blocks end an archive.
    stream.resize(stream.len() + 2 * BLOCK, 0);
    Ok(Archive { name: format!("{}-{}.tgz", metadata.name, metadata.version), bytes: gzip(&stream) })
}

/// The chart's name and version, where Helm would load it.
pub(super) fn metadata(experiment: &Experiment) -> Result<Metadata, PackError> {
    let entry = |(path, content): (&FilePath, &crate::workspace::Content)| Entry::new(path.as_str(), content.bytes());
    let entries: Vec<Entry> = experiment.chart_files().map(entry).collect();
    let loaded = chart::load(entries, &mut source::Files::new(), &mut Log::new());
    loaded.map(|chart| chart.metadata).map_err(|error| PackError::NoChart(error.to_string()))
}

const BLOCK: usize = 512;

/// The header of a file; `None` where the path is too long.
fn header(path: &str, size: usize) -> Option<[u8; BLOCK]> {
    let (prefix, name) = split(path)?;
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| {
        header.iter_mut().skip(at).zip(text.bytes()).for_each(|(to, byte)| *to = byte);
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, "00000000000");
    // The sum counts its own field as spaces.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    put(345, prefix);
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    let text = format!("{sum:06o}\0 ");
    header.iter_mut().skip(148).zip(text.bytes()).for_each(|(to, byte)| *to = byte);
    Some(header)
}

/// A path in the two fields that there are for it: up to 155 bytes of folders, up to 100 of the rest.
fn split(path: &str) -> Option<(&str, &str)> {
    const NAME: usize = 100;
    const PREFIX: usize = 155;
    if path.len() <= NAME {
        return Some(("", path));
    }
    let mut cuts = path.match_indices('/').filter_map(|(at, _)| Some((path.get(..at)?, path.get(at + 1..)?)));
    cuts.rfind(|(prefix, name)| prefix.len() <= PREFIX && name.len() <= NAME)
}

fn gzip(stream: &[u8]) -> Vec<u8> {
    const LEVEL: u8 = 9;
    const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    let mut out = HEADER.to_vec();
    out.extend(compress_to_vec(stream, LEVEL));
    out.extend(crc32(stream).to_le_bytes());
    // Of the length, what fits into 32 bits.
    out.extend(u32::try_from(stream.len() & 0xffff_ffff).unwrap_or_default().to_le_bytes());
    out
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChart(why) => write!(f, "Helm would not take this chart: {why}"),
            Self::PathTooLong(path) => write!(f, "The path {path} is too long for a packed chart"),
        }
    }
}

impl std::error::Error for PackError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Files, Origin, Settings, bring_in, default_experiment};

    fn with(files: &[(&str, &[u8])]) -> Experiment {
        let chart = ("Chart.yaml", b"apiVersion: v2\nname: big\nversion: 1.2.3\n".as_slice());
        let files = files.iter().chain([&chart]);
        let entry = |(path, bytes): &(&str, &[u8])| (FilePath::parse(path).unwrap(), Content::from_bytes(bytes));
        Experiment::new(Origin::Brought, files.map(entry).collect::<Files>(), Settings::default())
    }

    fn opened(archive: &Archive) -> Experiment {
        let chosen = vec![(archive.name.clone(), archive.bytes.clone())];
        bring_in(chosen, Vec::new(), &Settings::default()).expect("a chart").experiment
    }

    #[test]
    fn what_was_packed_opens_as_it_was() {
        let long = format!("templates/{}/{}.yaml", "folder/".repeat(12).trim_end_matches('/'), "x".repeat(80));
        let odd = with(&[
            ("files/é 🚀.bin", &[0, 255, 0]),
            ("files/empty", b""),
            (&long, b"a: 1\r\n"),
            ("files/512", &[7; 512]),
        ]);
        for experiment in [default_experiment(), odd] {
            let archive = pack(&experiment).expect("an archive");
            assert_eq!(opened(&archive).files, experiment.files);
            assert_eq!(pack(&experiment), Ok(archive), "the same chart gives the same bytes");
        }
        assert_eq!(pack(&with(&[])).map(|archive| archive.name), Ok("big-1.2.3.tgz".to_owned()));
    }

    #[test]
    fn what_helm_would_not_see_is_not_packed() {
        let files: &[(&str, &[u8])] = &[(".helmignore", b"*.bak\n"), ("values.yaml.bak", b"a: 1\n"), ("files/a", b"")];
        let archive = pack(&with(files)).expect("an archive");
        let files = opened(&archive).files;
        let names: Vec<_> = files.keys().map(FilePath::as_str).collect();
        assert_eq!(names, [".helmignore", "Chart.yaml", "files/a"]);
    }

    #[test]
    fn what_helm_would_not_take_is_told_before() {
        let mut nameless = with(&[]);
        nameless.files = std::rc::Rc::new(Files::new());
        assert!(matches!(pack(&nameless), Err(PackError::NoChart(_))));
        let mut wrong = with(&[]);
        let metadata = Content::from_bytes(b"apiVersion: v2\nname: a\nversion: x.y\n");
        wrong.files = std::rc::Rc::new([(FilePath::parse("Chart.yaml").unwrap(), metadata)].into());
        let said = pack(&wrong).map_err(|error| error.to_string());
        let want = "Helm would not take this chart: validation: chart.metadata.version \"x.y\" is invalid";
        assert_eq!(said, Err(want.to_owned()));
        let path = format!("templates/{}", "y".repeat(120));
        assert!(matches!(pack(&with(&[(&path, b"")])), Err(PackError::PathTooLong(_))));
    }
}
