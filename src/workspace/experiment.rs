//! An experiment: a chart's files, and the settings it is rendered with. What a link carries.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Content, FilePath, Layer};
use crate::chart::Operation;
use crate::helm::Helm;

/// The files of a chart, in the order of their paths.
pub type Files = BTreeMap<FilePath, Content>;

/// A chart and the settings it is rendered with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Experiment {
    /// Where it came from.
    pub origin: Origin,
    /// The chart's files.
    pub files: Rc<Files>,
    /// What `helm template` would be told.
    pub settings: Settings,
    /// The file in the lower editor.
    pub open: Option<FilePath>,
}

/// Where an experiment came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// From nowhere: an empty chart.
    #[default]
    Empty,
    /// From a sample, by its id.
    Sample(Rc<str>),
    /// From files of the user's own.
    Brought,
    /// From a link; the sample that the link began with, if any.
    Link(Option<Rc<str>>),
}

/// What `helm template` would be told on its command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The release's name.
    pub release: Rc<str>,
    /// The release's namespace.
    pub namespace: Rc<str>,
    /// The cluster's version, as one would write it behind `--kube-version`; empty for Helm's own default.
    pub kube_version: Rc<str>,
    /// The Helm that is followed.
    #[serde(with = "HelmOnTheWay")]
    pub helm: Helm,
    /// Further API versions of the cluster, as one would write them behind `--api-versions`: with commas between.
    pub api_versions: Rc<str>,
    /// Counts the release's installs and upgrades, from 1.
    pub revision: u32,
    /// Whether it is installed or upgraded.
    #[serde(with = "OperationOnTheWay")]
    pub operation: Operation,
    /// Values over the chart's own, the later over the earlier.
    pub layers: Rc<[Layer]>,
}

/// The Helm on its way to the worker.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Helm")]
enum HelmOnTheWay {
    Three,
    Four,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Operation")]
enum OperationOnTheWay {
    Install,
    Upgrade,
    Lint,
}

impl Default for Settings {
    /// What Helm takes where nothing is said; a release needs a name.
    fn default() -> Self {
        Self {
            release: "web".into(),
            namespace: "default".into(),
            kube_version: "".into(),
            helm: Helm::Four,
            api_versions: "".into(),
            revision: 1,
            operation: Operation::Install,
            layers: Rc::default(),
        }
    }
}

impl Settings {
    /// The same for another chart: without the layers of values, which are this one's.
    #[must_use]
    pub fn of_another_chart(&self) -> Self {
        Self { layers: Rc::default(), ..self.clone() }
    }
}

impl Origin {
    /// The sample it began with.
    pub fn sample(&self) -> Option<&Rc<str>> {
        match self {
            Self::Empty | Self::Brought => None,
            Self::Sample(id) => Some(id),
            Self::Link(id) => id.as_ref(),
        }
    }
}

impl Experiment {
    /// An experiment of these files, with the file open that a reader wants to see first.
    pub fn new(origin: Origin, files: Files, settings: Settings) -> Self {
        let open = first_to_see(&files);
        Self { origin, files: Rc::new(files), settings, open }
    }

    /// A file's content.
    pub fn file(&self, path: &FilePath) -> Option<&Content> {
        self.files.get(path)
    }

    /// The chart's own files: those beside it are left out.
    pub fn chart_files(&self) -> impl Iterator<Item = (&FilePath, &Content)> {
        self.files.iter().filter(|(path, _)| !path.is_beside())
    }

    /// The chart's name and version, as `Chart.yaml` says on lines of their own; for headings only.
    pub fn chart_title(&self) -> (String, String) {
        let chart = FilePath::parse("Chart.yaml").ok().and_then(|path| self.files.get(&path)).and_then(Content::text);
        let field = |key: &str| {
            let mut lines = chart.map(|text| text.lines()).into_iter().flatten();
            let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).unwrap_or_default();
            value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned()
        };
        (field("name"), field("version"))
    }

    /// Bytes of all files together.
    pub fn size(&self) -> usize {
        self.files.values().map(Content::len).sum()
    }
}

/// A workload says most about a chart; after it any template, then any file.
fn first_to_see(files: &Files) -> Option<FilePath> {
    const TELLING: [&str; 3] = ["statefulset", "deployment", "daemonset"];
    let templates = || files.keys().filter(|path| path.is_template() && path.as_str().starts_with("templates/"));
    let telling = TELLING.iter().find_map(|kind| templates().find(|path| path.name().contains(kind)));
    let printed = || templates().find(|path| path.extension() == "yaml" && !path.name().starts_with('_'));
    telling
        .or_else(printed)
        .or_else(|| templates().next())
        .or_else(|| files.keys().find(|path| !path.is_values()))
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn experiment(files: &[(&str, &str)]) -> Experiment {
        let entry = |&(path, text): &(&str, &str)| (FilePath::parse(path).unwrap(), Content::Text(text.into()));
        Experiment::new(Origin::Empty, files.iter().map(entry).collect(), Settings::default())
    }

    #[test]
    fn the_workload_is_opened_first() {
        let chart = experiment(&[
            ("Chart.yaml", "apiVersion: v2\nname: \"web\" # ours\nversion: 0.1.0\n"),
            ("templates/_helpers.tpl", ""),
            ("templates/service.yaml", ""),
            ("templates/web-statefulset.yaml", ""),
        ]);
        assert_eq!(chart.open.as_ref().map(FilePath::name), Some("web-statefulset.yaml"));
        assert_eq!(chart.chart_title(), ("web".into(), "0.1.0".into()));
        let helpers = experiment(&[("Chart.yaml", ""), ("templates/_a.tpl", "")]);
        assert_eq!(helpers.open.as_ref().map(FilePath::name), Some("_a.tpl"));
    }
}
