//! `chartroom lint --as helm`: what `helm lint` prints.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::args::{self, TemplateArgs};
use super::helm_lint_flags::Flags;
use super::terminal::{Status, Terminal};
use super::values_files::values;
use super::world::Machine;
use crate::chart::{self, Chart, KubeVersion, Log};
use crate::engine::SchemaCheck;
use crate::helm::Helm;
use crate::helm_lint::{EntryFolder, Folder, Kind, Linted, Options, lint};
use crate::source::{Files, Severity};

/// Whether `--as helm` stands in the arguments, and the others.
pub(super) fn without_as(args: Vec<OsString>) -> (Option<String>, Vec<OsString>) {
    let (mut named, mut rest) = (None, Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let written = arg.to_str().unwrap_or_default();
        if written == "--as" {
            named = Some(args.next().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
        } else if let Some(name) = written.strip_prefix("--as=") {
            named = Some(name.to_owned());
        } else {
            rest.push(arg);
        }
    }
    (named, rest)
}

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    lint_all(args, terminal).unwrap_or_else(|message| terminal.error(&message))
}

fn lint_all(args: Vec<OsString>, terminal: &mut Terminal) -> Result<Status, String> {
    let (flags, rest) = Flags::take(args)?;
    let args = args::parse(rest)?;
    let mut paths = args.operands.clone();
    if paths.is_empty() {
        if !args.helm.is_three() {
            return Err("\"helm lint\" requires at least 1 argument\n\nUsage:  helm lint PATH [flags]".to_owned());
        }
        paths.push(".".to_owned());
    }
    let options = options(&args, || {
        if flags.with_subcharts {
            let found: Vec<String> = paths.iter().flat_map(|path| subcharts(path, terminal)).collect();
            paths.extend(found);
        }
        values(&args, terminal).map(|(values, _)| values)
    })?;
    report(&paths, &options, &flags, terminal)
}

/// The version of Kubernetes is read before all else.
fn options(args: &TemplateArgs, values: impl FnOnce() -> Result<crate::value::Map, String>) -> Result<Options, String> {
    let version = args.kube_version.as_deref().filter(|version| !version.is_empty());
    let kube_version = version.map(|version| KubeVersion::parse(version, args.helm)).transpose();
    let kube_version = kube_version.map_err(|error| error.to_string())?;
    let namespace = args.namespace.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned());
    let schemas = args.schema == SchemaCheck::Done;
    Ok(Options { helm: args.helm, values: values()?, namespace, kube_version, schemas })
}

fn report(paths: &[String], options: &Options, flags: &Flags, terminal: &mut Terminal) -> Result<Status, String> {
    let least = if flags.strict { Severity::Warning } else { Severity::Error };
    let (mut text, mut failed, mut noticed) = (String::new(), 0, 0);
    for path in paths {
        let (messages, error) = match open(path, options.helm, terminal) {
            Ok(folder) => {
                let Linted { messages, log } = lint(&*folder, options, &mut Machine);
                log.lines().iter().for_each(|line| terminal.note(line));
                (messages, None)
            }
            Err(error) => (Vec::new(), Some(error)),
        };
        let is_noticed = error.is_some() || messages.iter().any(|message| message.severity > Severity::Note);
        noticed += usize::from(is_noticed);
        if flags.quiet && !is_noticed {
            continue;
        }
        text.extend(["==> Linting ", path, "\n"]);
        text.extend(error.iter().map(|error| format!("Error {error}\n")));
        let shown = messages.iter().filter(|message| !flags.quiet || message.severity > Severity::Note);
        text.extend(shown.map(|message| format!("{message}\n")));
        failed += usize::from(error.is_some() || messages.iter().any(|message| message.severity >= least));
        text.push('\n');
    }
    terminal.out(text);
    let summary = format!("{} chart(s) linted, {failed} chart(s) failed", paths.len());
    if failed > 0 {
        return Err(summary);
    }
    if !flags.quiet || noticed > 0 {
        terminal.out(summary + "\n");
    }
    Ok(Status::Success)
}

fn open(path: &str, helm: Helm, terminal: &Terminal) -> Result<Box<dyn Folder>, String> {
    if is_archive(path) {
        let data = fs::read(terminal.path(path));
        let data = data.map_err(|_| format!("unable to open tarball: open {path}: no such file or directory"))?;
        let entries = chart::expand(&data, helm);
        let entries = entries.map_err(|error| format!("unable to extract tarball: {error}"))?;
        return Ok(Box::new(EntryFolder { path: absolute(path, terminal), entries }));
    }
    let here = terminal.path(path);
    if let Err(error) = fs::metadata(here.join("Chart.yaml")) {
        let cause = if error.kind() == std::io::ErrorKind::NotADirectory {
            "not a directory"
        } else {
            "no such file or directory"
        };
        let shown = joined(path, "Chart.yaml");
        return Err(format!("unable to check Chart.yaml file in chart: stat {shown}: {cause}"));
    }
    Ok(Box::new(DiskFolder { path: absolute(path, terminal), here }))
}

fn is_archive(path: &str) -> bool {
    [".tgz", ".tar.gz"].iter().any(|extension| path.ends_with(extension))
}

/// The charts below `charts/`, in the order of their paths.
fn subcharts(path: &str, terminal: &Terminal) -> Vec<String> {
    let mut found = Vec::new();
    walk(&terminal.path(path).join("charts"), &joined(path, "charts"), 0, &mut found);
    found
}

/// Folders in folders.
const DEEPEST: usize = 100;

fn walk(here: &Path, shown: &str, depth: usize, found: &mut Vec<String>) {
    let Ok(metadata) = fs::symlink_metadata(here) else { return };
    let name = here.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name == "Chart.yaml" {
        found.push(shown.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned());
    } else if is_archive(shown) {
        found.push(shown.to_owned());
    }
    if !metadata.is_dir() || depth > DEEPEST {
        return;
    }
    let mut names: Vec<_> = fs::read_dir(here).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    for name in names {
        walk(&here.join(&name), &format!("{shown}/{}", name.to_string_lossy()), depth + 1, found);
    }
}

/// Go's `filepath.Join`.
fn joined(path: &str, below: &str) -> String {
    clean(&Path::new(path).join(below)).to_string_lossy().into_owned()
}

fn absolute(path: &str, terminal: &Terminal) -> String {
    clean(&terminal.folder.join(path)).to_string_lossy().into_owned()
}

/// Go's `filepath.Clean`.
fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(cleaned.components().next_back(), Some(Component::Normal(_))) => {
                cleaned.pop();
            }
            other => cleaned.push(other),
        }
    }
    cleaned
}

/// A chart's folder on disk.
struct DiskFolder {
    path: String,
    here: PathBuf,
}

impl Folder for DiskFolder {
    fn path(&self) -> String {
        self.path.clone()
    }

    fn kind(&self, path: &str) -> Kind {
        match fs::metadata(self.here.join(path)) {
            Ok(metadata) if metadata.is_dir() => Kind::Folder,
            Ok(_) => Kind::File,
            Err(_) => Kind::Missing,
        }
    }

    fn read(&self, path: &str) -> Result<Rc<[u8]>, String> {
        let shown = format!("{}/{path}", self.path);
        if self.kind(path) == Kind::Folder {
            return Err(format!("read {shown}: is a directory"));
        }
        chart::dir::read_file(&shown).map(Into::into)
    }

    fn load(&self, table: &mut Files, log: &mut Log) -> Result<Chart, chart::Error> {
        chart::dir::load_unasked(&self.path, table, log)
    }
}
