//! The linter's settings in files of the disk: which of them are read, and in what order.

use std::fs;

use super::terminal::Terminal;
use crate::lint::{Config, LintSettings};

const OWN: [&str; 2] = [".chartroom.yaml", ".chartroom.yml"];
const KUBE_LINTER: [&str; 2] = [".kube-linter.yaml", ".kube-linter.yml"];

/// Reads the configuration that is named, or those in the folders (`""` is where we are), the first of each kind. The
/// error is the sentence to print.
pub fn read(
    named: Option<&str>,
    folders: &[String],
    config: &mut Config,
    terminal: &mut Terminal,
) -> Result<(), String> {
    if let Some(name) = named {
        let text = fs::read_to_string(terminal.path(name)).map_err(|error| format!("{name}: {error}"))?;
        let read = if is_kube_linter(name, &text) { kube_linter } else { own };
        return read(name, &text, config, terminal);
    }
    if let Some((name, text)) = find(&KUBE_LINTER, folders, terminal) {
        kube_linter(&name, &text, config, terminal)?;
    }
    if let Some((name, text)) = find(&OWN, folders, terminal) {
        own(&name, &text, config, terminal)?;
    }
    Ok(())
}

/// By its name or, whatever its name, by its first words.
fn is_kube_linter(name: &str, text: &str) -> bool {
    KUBE_LINTER.iter().any(|known| name.ends_with(known))
        || text.lines().any(|line| line.starts_with("checks:") || line.starts_with("customChecks:"))
}

fn find(names: &[&str], folders: &[String], terminal: &Terminal) -> Option<(String, String)> {
    let paths = folders.iter().flat_map(|folder| {
        let folder = folder.trim_end_matches('/');
        names.iter().map(move |name| if folder.is_empty() { (*name).to_owned() } else { format!("{folder}/{name}") })
    });
    paths.into_iter().find_map(|path| Some((path.clone(), fs::read_to_string(terminal.path(&path)).ok()?)))
}

fn own(name: &str, text: &str, config: &mut Config, terminal: &mut Terminal) -> Result<(), String> {
    tell(LintSettings::Own(parse(name, text)?), name, config, terminal)
}

fn kube_linter(name: &str, text: &str, config: &mut Config, terminal: &mut Terminal) -> Result<(), String> {
    tell(LintSettings::KubeLinter(parse(name, text)?), name, config, terminal)
}

fn tell(settings: LintSettings, name: &str, config: &mut Config, terminal: &mut Terminal) -> Result<(), String> {
    for note in settings.tell(name, config)? {
        terminal.note(&note);
    }
    Ok(())
}

/// An empty file says nothing, and that is no fault.
fn parse<T: Default + serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    let parsed: Option<T> = serde_yaml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    Ok(parsed.unwrap_or_default())
}
