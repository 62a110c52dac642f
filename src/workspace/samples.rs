//! The sample charts: which there are, and the one the page opens with.
//!
//! Samples are files of the site, listed in `static/samples/index.json`. The first one is built into the page, so that
//! it stands there before anything is fetched.

use std::rc::Rc;

use serde::Deserialize;

use super::{Content, Experiment, FilePath, Files, Origin, Settings};

/// The list of samples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SampleIndex {
    /// In the order in which a chooser shows them.
    pub samples: Vec<Sample>,
}

/// A sample chart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sample {
    /// Its folder, by which links name it.
    pub name: Rc<str>,
    /// Its title in a chooser.
    pub title: Rc<str>,
    /// What it teaches, in a sentence.
    pub sentence: Rc<str>,
    /// The release name it is meant to be rendered with.
    pub release: Rc<str>,
    /// Its files.
    pub files: Vec<FilePath>,
}

impl SampleIndex {
    /// Reads the list as the site holds it.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The sample of this name.
    pub fn get(&self, name: &str) -> Option<&Sample> {
        self.samples.iter().find(|sample| &*sample.name == name)
    }
}

impl Sample {
    /// The experiment that opens the sample, from its files' bytes in the order of the list.
    pub fn experiment(&self, contents: impl IntoIterator<Item = Vec<u8>>) -> Experiment {
        let contents = contents.into_iter().map(|bytes| Content::from_bytes(&bytes));
        let files: Files = self.files.iter().cloned().zip(contents).collect();
        let settings = Settings { release: Rc::clone(&self.release), ..Settings::default() };
        Experiment::new(Origin::Sample(Rc::clone(&self.name)), files, settings)
    }
}

/// What the page opens with.
pub fn default_experiment() -> Experiment {
    const WEB: [(&str, &str); 7] = [
        ("Chart.yaml", include_str!("../../static/samples/web/Chart.yaml")),
        ("README.md", include_str!("../../static/samples/web/README.md")),
        ("templates/_helpers.tpl", include_str!("../../static/samples/web/templates/_helpers.tpl")),
        ("templates/ingress.yaml", include_str!("../../static/samples/web/templates/ingress.yaml")),
        ("templates/service.yaml", include_str!("../../static/samples/web/templates/service.yaml")),
        ("templates/statefulset.yaml", include_str!("../../static/samples/web/templates/statefulset.yaml")),
        ("values.yaml", include_str!("../../static/samples/web/values.yaml")),
    ];
    let entry = |(path, text): (&str, &str)| Some((FilePath::parse(path).ok()?, Content::Text(text.into())));
    let files: Files = WEB.into_iter().filter_map(entry).collect();
    Experiment::new(Origin::Sample("web".into()), files, Settings::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chart_built_in_is_the_first_sample_whole() {
        let index = SampleIndex::parse(include_str!("../../static/samples/index.json")).unwrap();
        let first = index.samples.first().unwrap();
        let built_in = default_experiment();
        assert_eq!(built_in.files.keys().cloned().collect::<Vec<_>>(), first.files);
        assert_eq!((&built_in.settings.release, built_in.origin.sample()), (&first.release, Some(&first.name)));
        let fetched = first.experiment(built_in.files.values().map(|content| content.bytes().to_vec()));
        assert_eq!(fetched, built_in);
    }
}
