//! `chartroom open LINK -o DIR`: what a link holds, as files.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use lexopt::{Arg, Parser, ValueExt};

use super::samples::samples;
use super::terminal::{Status, Terminal};
use crate::chart::Operation;
use crate::share::{self, Shared};
use crate::workspace::{Experiment, FilePath, Given, Settings, Switch};

const USAGE: &str = "\
Writes the chart that a link holds into a new folder.

Usage:
  chartroom open LINK -o FOLDER

LINK is the whole address or what follows its #; - reads it from standard input. The folder must be empty, or not be
there yet. Nothing is fetched.
";

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    match parse(args).and_then(|args| args.map_or_else(|| Ok(USAGE.to_owned()), |args| open(&args, terminal))) {
        Ok(text) => {
            terminal.out(text);
            Status::Success
        }
        Err(message) => terminal.error(&message),
    }
}

/// What was asked for.
struct Args {
    link: String,
    folder: String,
}

/// The arguments; nothing where help was asked for.
fn parse(args: Vec<OsString>) -> Result<Option<Args>, String> {
    const WANTED: &str = "`chartroom open` takes a link and a folder: chartroom open LINK -o FOLDER";
    let mut parser = Parser::from_args(args);
    let (mut links, mut folder) = (Vec::new(), None);
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Arg::Short('o') | Arg::Long("output") => {
                folder = Some(parser.value().and_then(ValueExt::string).map_err(|error| error.to_string())?);
            }
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            Arg::Value(value) => links.push(value.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().to_string()),
        }
    }
    match (links.pop(), folder, links.is_empty()) {
        (Some(link), Some(folder), true) => Ok(Some(Args { link, folder })),
        _ => Err(WANTED.to_owned()),
    }
}

fn open(args: &Args, terminal: &mut Terminal) -> Result<String, String> {
    let typed = String::from_utf8_lossy(&terminal.input).into_owned();
    let link = if args.link == "-" { typed.trim() } else { args.link.as_str() };
    let Shared { experiment, .. } = read(link)?;
    let folder = terminal.path(&args.folder);
    write(&experiment, &folder)?;
    let count = experiment.files.len();
    let said = format!("{count} {} in {}", if count == 1 { "file" } else { "files" }, args.folder);
    Ok(format!("{said}\n{}\n", command(&experiment.settings, &args.folder)))
}

/// The command line that renders it.
fn command(settings: &Settings, folder: &str) -> String {
    let mut words = vec!["chartroom template".to_owned(), word(&settings.release), word(folder)];
    words.extend(["-n".to_owned(), word(&settings.namespace)]);
    if !settings.kube_version.is_empty() {
        words.extend(["--kube-version".to_owned(), word(&settings.kube_version)]);
    }
    for api in settings.api_versions.split([',', ' ']).filter(|api| !api.is_empty()) {
        words.extend(["-a".to_owned(), word(api)]);
    }
    if settings.operation == Operation::Upgrade {
        words.push("--is-upgrade".to_owned());
    }
    if settings.helm.is_three() {
        words.push("--helm 3".to_owned());
    }
    for layer in settings.layers.iter().filter(|layer| layer.switch == Switch::On) {
        match &layer.given {
            Given::File(path) => {
                words.extend(["-f".to_owned(), word(&format!("{folder}/{}", inside(path)))]);
            }
            Given::Set(kind, text) => words.extend([kind.flag().to_owned(), word(text)]),
        }
    }
    words.join(" ")
}

/// Where a file is written. What lies beside the chart goes into its folder, too: a link writes nowhere else.
fn inside(path: &FilePath) -> &str {
    if path.is_beside() { path.name() } else { path.as_str() }
}

/// What a link holds.
fn read(link: &str) -> Result<Shared, String> {
    let fragment = link.split_once('#').map_or(link, |(_, fragment)| fragment);
    let read = share::read(fragment).map_err(|error| error.to_string())?;
    let read = read.ok_or("this is no link to a chart: what follows the # begins with 1.f. or 1.d.")?;
    let is_meant = |sample: &Experiment| sample.origin.sample() == read.sample();
    let sample = samples().into_iter().find(is_meant);
    read.open(sample.as_ref()).map_err(|error| error.to_string())
}

/// Writes the files. Paths of a link stay below the folder: see `FilePath`.
fn write(experiment: &Experiment, folder: &Path) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(fault)?;
    if fs::read_dir(folder).map_err(fault)?.next().is_some() {
        return Err(format!("{}: the folder is not empty", folder.display()));
    }
    for (path, content) in &*experiment.files {
        let file = folder.join(inside(path));
        if file.exists() {
            return Err(format!("{}: the link holds two files of this name", file.display()));
        }
        let fault = |error: std::io::Error| format!("{}: {error}", file.display());
        file.parent().map_or(Ok(()), fs::create_dir_all).map_err(fault)?;
        fs::write(&file, content.bytes()).map_err(fault)?;
    }
    Ok(())
}

/// A word of a command line. A link is a stranger's: what a shell might read in it is quoted.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
