//! The linter's settings among a chart's files, as far as they are right: `.chartroom.yaml` and `.kube-linter.yaml`.

use serde::de::DeserializeOwned;

use super::{Experiment, FilePath, Place, Problem};
use crate::lint::{Config, LintSettings, SETTINGS_FILES};
use crate::source::Severity;
use crate::value::json::{self, HtmlCharacters, Layout};
use crate::yaml;

/// Tells the linter what the chart's own files say. What is wrong with them comes back.
pub(super) fn tell(experiment: &Experiment, config: &mut Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut told = Vec::new();
    for name in SETTINGS_FILES {
        let kind = name.rsplit_once('.').map_or(name, |(kind, _)| kind);
        let file = FilePath::parse(name).ok().and_then(|path| Some((experiment.file(&path)?.text()?, path)));
        let Some((text, path)) = file.filter(|_| !told.contains(&kind)) else { continue };
        told.push(kind);
        let problem = |severity, message| {
            let place = Some(Place { path: path.clone(), line: 1, column: 1, bytes: 0..0 });
            Problem { severity, place, ..Problem::error(message) }
        };
        match read(kind, text).map_err(|error| format!("{name}: {error}")).and_then(|read| read.tell(name, config)) {
            Ok(notes) => problems.extend(notes.into_iter().map(|note| problem(Severity::Warning, note))),
            Err(why) => problems.push(problem(Severity::Warning, format!("{why}: these settings are left out"))),
        }
    }
    problems
}

fn read(kind: &str, text: &str) -> Result<LintSettings, String> {
    match kind {
        ".chartroom" => parsed(text).map(LintSettings::Own),
        _ => parsed(text).map(LintSettings::KubeLinter),
    }
}

/// By way of JSON, which is what serde reads here.
fn parsed<T: Default + DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = yaml::decode(text.as_bytes()).map_err(|error| error.to_string())?;
    let json = json::encode_as(&value, HtmlCharacters::Kept, Layout::Compact).map_err(|error| error.to_string())?;
    let parsed: Option<T> = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    Ok(parsed.unwrap_or_default())
}
