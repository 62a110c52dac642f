//! Files → [`Chart`]: the rules of Helm's loader, without a disk.
//!
//! Where Helm's order of subcharts is random (it walks a Go map), ours is by name.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::archive;
use super::decode::{Decoder, Fault, Place, document};
use super::error::ErrorKind;
use super::ignore::Rules;
use super::values::load_values;
use super::{Chart, Error, File, Lock, Log, Metadata};
use crate::source::{FileBytes, FileId, Files, Span};

/// A file as it comes in: its path below the chart's directory, with forward slashes, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path, such as `templates/service.yaml`.
    pub path: String,
    /// The content.
    pub data: FileBytes,
}

impl Entry {
    /// A file.
    pub fn new(path: impl Into<String>, data: impl Into<Rc<[u8]>>) -> Self {
        Self { path: path.into(), data: FileBytes::from(data.into()) }
    }
}

/// The largest file of a chart, in bytes.
pub(super) const MAX_FILE: usize = 5 << 20;

/// How deep charts may stand in charts. Helm has no such bound.
const MAX_DEPTH: usize = 64;

/// Bytes of all archives in archives together. Helm has no such bound.
const MAX_UNPACKED: usize = 400 << 20;

/// Loads a chart from the files of its directory, as Helm loads a directory: `.helmignore` holds.
///
/// Each file of the chart gets a number in `table`.
pub fn load(entries: Vec<Entry>, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    let generation = generation_of(&entries, table, log)?;
    load_as(entries, generation, table, log)
}

/// The same, where whoever brought the files has left those out that `.helmignore` names.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn load_walked(entries: Vec<Entry>, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    let generation = generation_of(&entries, table, log)?;
    load_kept(entries, generation, table, log)
}

fn generation_of(entries: &[Entry], table: &mut Files, log: &Log) -> Result<Generation, Error> {
    let find = |path: &str| entries.iter().find(|entry| entry.path == path);
    match find("Chart.yaml") {
        _ if log.helm().is_three() => Ok(Generation::V2),
        Some(manifest) => generation(manifest, table),
        None => Err(ErrorKind::MissingChartYaml.into()),
    }
}

fn load_as(entries: Vec<Entry>, generation: Generation, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    let find = |path: &str| entries.iter().find(|entry| entry.path == path);
    let rules = find(".helmignore").map_or_else(|| Ok(Rules::defaults()), |entry| Rules::parse(&entry.data))?;
    let kept = entries.into_iter().filter(|entry| !rules.ignores_file(&entry.path)).collect();
    load_kept(kept, generation, table, log)
}

fn load_kept(mut kept: Vec<Entry>, generation: Generation, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    kept.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')));
    if let Some(entry) = kept.iter().find(|entry| entry.data.is_read() && entry.data.len() > MAX_FILE) {
        let name = super::error::quoted(entry.path.rsplit('/').next().unwrap_or_default());
        let message = format!("chart file {name} is larger than the maximum file size {MAX_FILE}");
        return Err(ErrorKind::Read(message).into());
    }
    for entry in &mut kept {
        strip_bom(&mut entry.data);
    }
    Loader::new(generation, table, log).load(kept, None, "")
}

/// The same, as `helm lint` does it: nobody looks at the `apiVersion` first.
pub fn load_unasked(entries: Vec<Entry>, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    load_as(entries, Generation::V2, table, log)
}

/// Loads a chart from the bytes of a `.tgz`. `name` is what error messages call it.
pub fn load_archive(name: &str, data: &[u8], table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    let entries = unpack_archive(name, data)?;
    let generation = match entries.iter().find(|entry| entry.path == "Chart.yaml") {
        _ if log.helm().is_three() => Generation::V2,
        Some(manifest) => generation(manifest, table)?,
        None => return Err(ErrorKind::NoChartInArchive.into()),
    };
    Loader::new(generation, table, log).load(entries, None, "")
}

/// The files in the bytes of a `.tgz`, below its one directory. `name` is what error messages call it.
pub fn unpack_archive(name: &str, data: &[u8]) -> Result<Vec<Entry>, Error> {
    archive::ensure(name, data)?;
    archive::unpack(data).map_err(|error| error.of_chart(name))
}

/// Which of Helm's two loaders reads a chart and the charts in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Generation {
    /// For `apiVersion` v1 and v2: `pkg/chart/v2/loader`. Helm 3 has no other.
    V2,
    /// For `apiVersion` v3, which can be read but not installed: `internal/chart/v3/loader`.
    V3,
}

/// Helm looks at the `apiVersion` first, to know which loader is for it.
fn generation(manifest: &Entry, table: &mut Files) -> Result<Generation, Error> {
    let mut version = String::new();
    let mut read = || {
        let document = document(&manifest.data)?;
        let mut decoder = Decoder::default();
        let root = Place::root("chartBase");
        for (name, value) in decoder.fields(&document, &root, "loader.chartBase", &["apiVersion"]) {
            version = decoder.string(&value, &root.field(name)).unwrap_or_default();
        }
        decoder.finish()
    };
    let result = read();
    let mut id = || table.add_file("Chart.yaml", manifest.data.clone());
    result.map_err(|fault| fault.in_file("Chart.yaml", id()))?;
    match version.as_str() {
        "" | "v1" | "v2" => Ok(Generation::V2),
        "v3" => Ok(Generation::V3),
        _ => Err(Error::from(ErrorKind::UnsupportedApiVersion).at(Span::point(id(), 0))),
    }
}

/// Takes a byte order mark away. What isn't read yet comes without one.
pub(super) fn strip_bom(data: &mut FileBytes) {
    if data.is_read()
        && let Some(rest) = data.strip_prefix(BOM)
    {
        *data = FileBytes::from(Rc::from(rest));
    }
}

/// The mark at the beginning of some texts.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Helm looks at the very letters.
fn has_extension(path: &str, extension: &str) -> bool {
    path.ends_with(extension)
}

struct Loader<'a> {
    generation: Generation,
    table: &'a mut Files,
    log: &'a mut Log,
    depth: usize,
    unpacked: usize,
}

impl<'a> Loader<'a> {
    fn new(generation: Generation, table: &'a mut Files, log: &'a mut Log) -> Self {
        Self { generation, table, log, depth: 0, unpacked: 0 }
    }

    /// Loads one chart. `parent` is the full path of the chart above; `origin` where these files stand in what was
    /// handed in.
    fn load(&mut self, entries: Vec<Entry>, parent: Option<&str>, origin: &str) -> Result<Chart, Error> {
        let mut metadata: Option<Metadata> = None;
        for entry in entries.iter().filter(|entry| entry.path == "Chart.yaml") {
            let metadata = metadata.get_or_insert_default();
            let decoded = document(&entry.data).and_then(|document| metadata.merge(&document));
            decoded.map_err(|fault| {
                // The chart has no name yet: the path is the one that was handed in.
                let id = self.table.add_file(format!("{origin}Chart.yaml"), entry.data.clone());
                self.told(fault, "Chart.yaml", id)
            })?;
            if metadata.api_version.is_empty() {
                let own = if self.generation == Generation::V3 { "v3" } else { "v1" };
                own.clone_into(&mut metadata.api_version);
            }
        }
        let name = metadata.as_ref().map(|metadata| metadata.name.clone()).unwrap_or_default();
        let path = parent.map_or_else(|| name.clone(), |parent| format!("{parent}/charts/{name}"));
        let mut chart = Chart { helm: self.log.helm(), ..Chart::default() };
        let mut subcharts: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            if let Some(inner) = entry.path.strip_prefix("charts/").filter(|path| !has_extension(path, ".prov")) {
                let name = inner.split('/').next().unwrap_or_default().to_owned();
                subcharts.entry(name).or_default().push(Entry { path: inner.to_owned(), data: entry.data });
            } else {
                let file = self.file(entry, &path, origin);
                self.place(&mut chart, &mut metadata, file)?;
            }
        }
        chart.metadata = metadata.ok_or(ErrorKind::MissingChartYaml)?;
        let manifest = chart.manifest.as_ref().map(|file| Span::point(file.id, 0));
        chart.metadata.validate(chart.helm).map_err(|error| Error { span: manifest, ..error })?;
        for (name, entries) in subcharts {
            if !name.starts_with(['_', '.']) {
                let subchart = self.subchart(&chart, &name, entries, &path, &format!("{origin}charts/{name}"))?;
                chart.dependencies.push(subchart);
            }
        }
        Ok(chart)
    }

    /// What is wrong with a file of the chart.
    fn told(&self, fault: Fault, file: &'static str, id: FileId) -> Error {
        fault.in_words_of(self.log.helm()).in_file(file, id)
    }

    fn file(&mut self, entry: Entry, chart: &str, origin: &str) -> File {
        let id = self.table.add_file(format!("{chart}/{}", entry.path), entry.data.clone());
        File { path: format!("{origin}{}", entry.path).into(), name: entry.path.into(), data: entry.data, id }
    }

    /// Puts a file where it belongs.
    fn place(&mut self, chart: &mut Chart, metadata: &mut Option<Metadata>, file: File) -> Result<(), Error> {
        let id = file.id;
        match &*file.name {
            "Chart.yaml" => chart.manifest = Some(file),
            "Chart.lock" => {
                chart.lock = Some(Lock::read(&file.data).map_err(|fault| self.told(fault, "Chart.lock", id))?);
            }
            "values.yaml" => {
                let values = load_values(&file.data, chart.helm);
                chart.values = values.map_err(|fault| fault.in_file("values.yaml", id))?;
                chart.values_file = Some(file);
            }
            "values.schema.json" => chart.schema = Some(file),
            "requirements.yaml" if self.generation == Generation::V2 => {
                let metadata = metadata.get_or_insert_default();
                let handled = "Dependencies are handled in Chart.yaml";
                let is_old = self.is_old(metadata, "load.go:120", handled, "dependencies to Chart.yaml");
                let decoded = document(&file.data).and_then(|document| metadata.merge(&document));
                decoded.map_err(|fault| self.told(fault, "requirements.yaml", id))?;
                chart.files.extend(Some(file).filter(|_| is_old && metadata.api_version == "v1"));
            }
            "requirements.lock" if self.generation == Generation::V2 => {
                chart.lock = Some(Lock::read(&file.data).map_err(|fault| self.told(fault, "requirements.lock", id))?);
                let metadata = metadata.get_or_insert_default();
                let handled = "Dependency locking is handled in Chart.lock";
                let is_old = self.is_old(metadata, "load.go:138", handled, "to Chart.lock");
                chart.files.extend(Some(file).filter(|_| is_old));
            }
            name if name.starts_with("templates/") => chart.templates.push(file),
            _ => chart.files.push(file),
        }
        Ok(())
    }

    /// Whether the chart is of the old kind, which keeps its dependencies in files of their own; warns if it isn't.
    fn is_old(&mut self, metadata: &Metadata, place: &str, handled: &str, migrate: &str) -> bool {
        let is_old = metadata.api_version == "v1";
        if !is_old {
            let message = format!("Warning: {handled} since apiVersion \"v2\". We recommend migrating {migrate}.");
            self.log.info(place, message);
        }
        is_old
    }

    fn subchart(
        &mut self,
        chart: &Chart,
        name: &str,
        entries: Vec<Entry>,
        path: &str,
        origin: &str,
    ) -> Result<Chart, Error> {
        let parent = chart.name();
        if let Some(entry) = entries.first().filter(|entry| has_extension(name, ".tgz") && entry.path != name) {
            let (name, parent) = (name.to_owned(), parent.to_owned());
            return Err(ErrorKind::SubchartTar { name, parent, got: entry.path.clone() }.into());
        }
        self.load_subchart(name, entries, path, &format!("{origin}/")).map_err(|error| {
            let (name, parent) = (name.to_owned(), parent.to_owned());
            let kind = ErrorKind::Subchart { name, parent, cause: Box::new(error.kind) };
            Error { kind, span: error.span }
        })
    }

    fn load_subchart(&mut self, name: &str, entries: Vec<Entry>, parent: &str, origin: &str) -> Result<Chart, Error> {
        if self.depth >= MAX_DEPTH {
            return Err(ErrorKind::Limit("charts stand too deep in each other").into());
        }
        let entries = if has_extension(name, ".tgz") {
            self.unpack(&entries)?
        } else {
            let below = |entry: Entry| {
                let (_, path) = entry.path.split_once('/')?;
                Some(Entry { path: path.to_owned(), data: entry.data })
            };
            entries.into_iter().filter_map(below).collect()
        };
        self.depth += 1;
        let chart = self.load(entries, Some(parent), origin);
        self.depth -= 1;
        chart
    }

    fn unpack(&mut self, entries: &[Entry]) -> Result<Vec<Entry>, Error> {
        let Some(file) = entries.first() else { return Ok(Vec::new()) };
        let entries = archive::unpack(&file.data).map_err(|error| ErrorKind::Archive(error.to_string()))?;
        self.unpacked += entries.iter().map(|entry| entry.data.len()).sum::<usize>();
        if self.unpacked > MAX_UNPACKED {
            return Err(ErrorKind::Limit("archives in archives are too large together").into());
        }
        Ok(entries)
    }
}
