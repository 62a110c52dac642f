//! What `helm lint` would print about the chart on the page.

use super::{Content, Experiment, FilePath, Outside, layer};
use crate::chart::{Entry, KubeVersion};
use crate::helm_lint::{EntryFolder, Linted, Options, lint};
use crate::source::Severity;
use crate::template::SeededWorld;

/// Its lines: what goes to standard error first.
pub(super) fn helm_says(experiment: &Experiment, outside: &Outside) -> Vec<String> {
    let settings = &experiment.settings;
    let (_, values) = match layer::given(experiment) {
        Ok(given) => given,
        Err(bad) => return vec![format!("Error: {}", bad.error)],
    };
    let written = Some(&settings.kube_version).filter(|version| !version.is_empty());
    let kube_version = match written.map(|version| KubeVersion::parse(version, settings.helm)).transpose() {
        Ok(version) => version,
        Err(error) => return vec![format!("Error: {error}")],
    };
    let namespace = if settings.namespace.is_empty() { "default" } else { &settings.namespace };
    let (helm, namespace, schemas) = (settings.helm, namespace.to_owned(), true);
    let options = Options { helm, values, namespace, kube_version, schemas };
    let entry = |(path, content): (&FilePath, &Content)| Entry::new(path.as_str(), content.shared());
    let (name, _) = experiment.chart_title();
    let folder = EntryFolder { path: format!("/{name}"), entries: experiment.chart_files().map(entry).collect() };
    let Linted { messages, log } = lint(&folder, &options, &mut SeededWorld::new(outside.now, outside.seed));
    let fails = messages.iter().any(|message| message.severity == Severity::Error);
    let mut lines: Vec<String> = log.lines().iter().map(ToString::to_string).collect();
    lines.push(format!("==> Linting {name}"));
    lines.extend(messages.iter().map(ToString::to_string));
    lines.push(String::new());
    let failed = u8::from(fails);
    let error = if fails { "Error: " } else { "" };
    lines.push(format!("{error}1 chart(s) linted, {failed} chart(s) failed"));
    lines
}
