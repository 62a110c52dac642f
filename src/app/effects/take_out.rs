//! Taking the chart out of the page, as `helm package` would pack it or as a zip; and parts of it.

use crate::app::dom::download;
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::share::{self, Archive, PackError};
use crate::workspace::{Experiment, FilePath, Outcome, Shown};

/// What is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The chart, as Helm packs it.
    Tgz,
    /// The chart, as a zip archive.
    Zip,
    /// All manifests in one file.
    Manifests,
    /// Each manifest in a file of its own, in a zip archive.
    ManifestFiles,
    /// The chart's values.
    Values,
    /// The list of problems.
    Problems,
}

/// Saves a part; says why where that can't be.
pub fn take_out(part: Part, experiment: &Experiment, shown: &Shown, arrange: &Arranger) {
    let file = file(part, experiment, shown);
    let saved = file.and_then(|file| download::save(&file.name, &file.bytes).map(|()| file.name));
    match saved {
        Ok(name) => arrange.dispatch(Arrange::Say(format!("{name} saved").into())),
        Err(why) => {
            arrange.dispatch(Arrange::Sheet(None));
            arrange.dispatch(Arrange::Strip(Some(Strip::NotTakenOut(why.into()))));
        }
    }
}

fn file(part: Part, experiment: &Experiment, shown: &Shown) -> Result<Archive, String> {
    let (chart, _) = experiment.chart_title();
    let named = |name: &str, bytes: Vec<u8>| Archive { name: format!("{chart}-{name}"), bytes };
    let words = |error: PackError| error.to_string();
    let rendered = || {
        let now = shown.now.as_ref().filter(|now| now.outcome == Outcome::Rendered);
        now.ok_or_else(|| "There are no whole manifests to save: Helm stops with an error".to_owned())
    };
    match part {
        Part::Tgz => share::pack(experiment).map_err(words),
        Part::Zip => share::zip(experiment).map_err(words),
        Part::Manifests => rendered().map(|now| named("manifests.yaml", now.output.clone().into_bytes())),
        Part::ManifestFiles => rendered().map(|now| named("manifests.zip", share::one_file_each(now))),
        Part::Values => {
            let values = experiment.file(&FilePath::values()).ok_or("The chart has no values.yaml")?;
            Ok(named("values.yaml", values.bytes().to_vec()))
        }
        Part::Problems => Ok(named("problems.md", share::problems_report(experiment, shown).into_bytes())),
    }
}
