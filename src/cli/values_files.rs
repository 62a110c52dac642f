//! The user's values: the files that are named, and what is set over them.

use std::fs;
use std::io::{self, ErrorKind};

use super::args::TemplateArgs;
use super::terminal::Terminal;
use crate::chart::{self, Overrides};
use crate::value::Map;

/// The user's values, and what they were made of.
pub(super) fn values(args: &TemplateArgs, terminal: &Terminal) -> Result<(Map, Overrides), String> {
    let overrides = overrides(args, terminal)?;
    let values = merged(&overrides, terminal).map_err(|error| error.to_string())?;
    Ok((values, overrides))
}

/// The files, read.
pub(super) fn overrides(args: &TemplateArgs, terminal: &Terminal) -> Result<Overrides, String> {
    let mut overrides = Overrides { helm: args.helm, ..args.overrides.clone() };
    for name in &args.value_files {
        overrides.files.push((name.clone(), read_file(name, terminal)?.into()));
    }
    Ok(overrides)
}

/// All of them in one.
pub(super) fn merged(overrides: &Overrides, terminal: &Terminal) -> Result<Map, chart::Error> {
    overrides.merge(&mut |name| read_file(name, terminal))
}

/// A file, or standard input. The error is Go's.
fn read_file(name: &str, terminal: &Terminal) -> Result<Vec<u8>, String> {
    if name.trim() == "-" {
        return Ok(terminal.input.clone());
    }
    if let Some(("http" | "https" | "oci", _)) = name.split_once("://") {
        return Err(format!("{name}: nothing is downloaded"));
    }
    fs::read(terminal.path(name)).map_err(|error| go_error(name, &error))
}

/// Why a file can't be read, as Go says it.
pub(super) fn go_error(name: &str, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("open {name}: no such file or directory"),
        ErrorKind::PermissionDenied => format!("open {name}: permission denied"),
        ErrorKind::IsADirectory => format!("read {name}: is a directory"),
        _ => format!("open {name}: {error}"),
    }
}
