//! A chart on disk: a directory or a `.tgz`. Not in the page.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{ErrorKind, quoted};
use super::ignore::{Rules, Target};
use super::loader::{BOM, MAX_FILE, load_walked};
use super::{Chart, Entry, Error, Log, load_archive};
use crate::source::{FileBytes, Files};

/// Loads the chart at a path, as `helm template` finds it.
pub fn load(path: &str, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    load_told(path, table, log, &mut |_, _| ())
}

/// The same. Whoever wants to begin with a directory's files before all are read is told of each.
pub fn load_told(path: &str, table: &mut Files, log: &mut Log, told: &mut Told<'_>) -> Result<Chart, Error> {
    let Ok(metadata) = fs::metadata(path) else { return Err(not_found(path)) };
    let absolute = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
    if metadata.is_dir() {
        let entries = read(&absolute, log, told)?;
        return load_walked(entries, table, log);
    }
    let name = absolute.to_string_lossy().into_owned();
    let data = read_file(&name).map_err(ErrorKind::Read)?;
    load_archive(&name, &data, table, log)
}

/// Takes the path of a file and its content.
pub type Told<'t> = dyn FnMut(&str, &[u8]) + 't;

/// The files of the chart at a path, without those that `.helmignore` names.
pub fn entries(path: &str, log: &mut Log) -> Result<Vec<Entry>, Error> {
    let Ok(metadata) = fs::metadata(path) else { return Err(not_found(path)) };
    if metadata.is_dir() {
        return read(&fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path)), log, &mut |_, _| ());
    }
    super::unpack_archive(path, &read_file(path).map_err(ErrorKind::Read)?)
}

/// Loads the chart in a directory as it would be with other contents of some files.
pub fn load_changed(path: &str, change: &dyn Fn(&mut Entry), table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    let mut entries = read(&fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path)), log, &mut |_, _| ())?;
    for entry in &mut entries {
        change(entry);
    }
    super::load(entries, table, log)
}

/// Loads the chart in a directory as `helm lint` does it: nobody looks at the `apiVersion` first.
pub fn load_unasked(path: &str, table: &mut Files, log: &mut Log) -> Result<Chart, Error> {
    let absolute = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
    let entries = walk(&absolute, log, &mut |_, _| ())?;
    super::load_unasked(entries, table, log)
}

/// A file's content, or Go's error.
pub fn read_file(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("open {path}: {}", go_error(&error)))
}

/// Most files are shorter than this.
const MOST_FILES: usize = 60 << 10;

/// Room for the read that finds a file's end.
const SPARE: usize = 64;

/// The same, into memory that is used for one file after the other.
fn read_into(memory: &mut Vec<u8>, path: &str, length: u64) -> Result<(), String> {
    memory.clear();
    memory.reserve(usize::try_from(length).unwrap_or_default() + SPARE);
    // Whoever reads no more than there is doesn't ask the system for the end. Some files only seem to be empty.
    let most = if length == 0 { u64::MAX } else { length };
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(memory));
    read.map(|_| ()).map_err(|error| format!("open {path}: {}", go_error(&error)))
}

/// The files of a chart's directory, without those that `.helmignore` names.
fn read(directory: &Path, log: &mut Log, told: &mut Told<'_>) -> Result<Vec<Entry>, Error> {
    if !log.helm().is_three() {
        let manifest = directory.join("Chart.yaml").to_string_lossy().into_owned();
        let detect = |cause| ErrorKind::Read(format!("unable to detect chart at {manifest}: {cause}"));
        read_file(&manifest).map_err(detect)?;
    }
    walk(directory, log, told)
}

fn walk(directory: &Path, log: &mut Log, told: &mut Told<'_>) -> Result<Vec<Entry>, Error> {
    let rules = match fs::read(directory.join(".helmignore")) {
        Ok(data) => Rules::parse(&data)?,
        Err(_) => Rules::defaults(),
    };
    let memory = Vec::with_capacity(MOST_FILES);
    let mut walker = Walker { rules, log, told, entries: Vec::new(), memory, depth: 0 };
    let metadata = fs::symlink_metadata(directory).map_err(|error| stat(directory, &error))?;
    walker.walk(directory, "", &metadata)?;
    Ok(walker.entries)
}

/// Directories in directories; a link may lead back to where it stands.
const MAX_DEPTH: usize = 255;

struct Walker<'a, 't> {
    rules: Rules,
    log: &'a mut Log,
    told: &'a mut Told<'t>,
    entries: Vec<Entry>,
    /// What files are read into: each is copied out of it once.
    memory: Vec<u8>,
    depth: usize,
}

impl Walker<'_, '_> {
    fn walk(&mut self, path: &Path, name: &str, metadata: &Metadata) -> Result<(), Error> {
        if metadata.is_symlink() {
            let fault = |error: io::Error| {
                let target = fs::read_link(path).unwrap_or_default();
                let target = path.parent().unwrap_or(path).join(target);
                let cause = format!("lstat {}: {}", target.display(), go_error(&error));
                ErrorKind::Read(format!("error evaluating symlink {}: {cause}", path.display()))
            };
            let resolved = fs::canonicalize(path).map_err(fault)?;
            self.log.info_with(
                "found symbolic link in path. Contents of linked file included and used",
                vec![("path", path.display().to_string()), ("resolved", resolved.display().to_string())],
                format!(
                    "walk.go:75: found symbolic link in path: {} resolves to {}. Contents of linked file included and used",
                    path.display(),
                    resolved.display()
                ),
            );
            let metadata = fs::symlink_metadata(&resolved).map_err(|error| stat(&resolved, &error))?;
            return self.walk_real(path, name, &metadata);
        }
        self.walk_real(path, name, metadata)
    }

    fn walk_real(&mut self, path: &Path, name: &str, metadata: &Metadata) -> Result<(), Error> {
        let target = if metadata.is_dir() { Target::Directory } else { Target::File };
        if !name.is_empty() && self.rules.ignores(name, target) {
            return Ok(());
        }
        if target == Target::Directory {
            return self.walk_directory(path, name);
        }
        let shown = path.display();
        if !metadata.is_file() {
            let message = format!("cannot load irregular file {shown} as it has file mode type bits set");
            return Err(ErrorKind::Read(message).into());
        }
        if metadata.len() > MAX_FILE as u64 {
            let base = quoted(&path.file_name().unwrap_or_default().to_string_lossy());
            let message = format!("chart file {base} is larger than the maximum file size {MAX_FILE}");
            return Err(ErrorKind::Read(message).into());
        }
        let fault = |cause| ErrorKind::Read(format!("error reading {name}: {cause}"));
        let shown = path.to_string_lossy();
        if is_looked_at(name) {
            read_into(&mut self.memory, &shown, metadata.len()).map_err(fault)?;
            (self.told)(name, &self.memory);
            self.entries.push(Entry::new(name, &*self.memory));
        } else {
            File::open(path).map_err(|error| fault(format!("open {shown}: {}", go_error(&error))))?;
            self.entries.push(Entry { path: name.to_owned(), data: later(path.to_owned()) });
        }
        Ok(())
    }

    fn walk_directory(&mut self, path: &Path, name: &str) -> Result<(), Error> {
        if self.depth > MAX_DEPTH {
            return Err(ErrorKind::Limit("directories stand too deep in each other").into());
        }
        let mut children = Vec::new();
        for child in fs::read_dir(path).map_err(|error| stat(path, &error))? {
            let child = child.map_err(|error| stat(path, &error))?;
            children.push((child.file_name(), child));
        }
        children.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.depth += 1;
        for (child, entry) in children {
            let below = child.to_string_lossy();
            let name = if name.is_empty() { below.into_owned() } else { format!("{name}/{below}") };
            let path = path.join(&child);
            let metadata = entry.metadata().map_err(|error| stat(&path, &error))?;
            self.walk(&path, &name, &metadata)?;
        }
        self.depth -= 1;
        Ok(())
    }
}

/// Whether loading looks into a file of the chart, or of a chart in it: the others are read when a template asks.
fn is_looked_at(name: &str) -> bool {
    const KNOWN: [&str; 6] =
        [".helmignore", "Chart.lock", "Chart.yaml", "requirements.lock", "requirements.yaml", "values.yaml"];
    let mut own = name;
    while let Some((_, below)) = own.strip_prefix("charts/").and_then(|inner| inner.split_once('/')) {
        own = below;
    }
    let is_known = KNOWN.contains(&own) || own.starts_with("templates/") || own == "values.schema.json";
    is_known || own.starts_with("charts/")
}

/// A file that is read when somebody looks at it.
fn later(path: PathBuf) -> FileBytes {
    FileBytes::later(move || {
        let data = fs::read(&path).unwrap_or_default();
        data.strip_prefix(BOM).unwrap_or(&data).into()
    })
}

fn stat(path: &Path, error: &io::Error) -> Error {
    ErrorKind::Read(format!("lstat {}: {}", path.display(), go_error(error))).into()
}

/// What Helm says of a chart that isn't there, before it would look for repositories.
fn not_found(path: &str) -> Error {
    ErrorKind::Read(if path.starts_with(['/', '.']) {
        format!("path {} not found", quoted(path))
    } else if let Some((repository, _)) = path.split_once('/') {
        format!("repo {repository} not found")
    } else {
        format!("non-absolute URLs should be in form of repo_name/path_to_chart, got: {path}")
    })
    .into()
}

/// The system's words without Rust's addition.
fn go_error(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
