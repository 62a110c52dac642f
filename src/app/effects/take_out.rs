//! Taking the chart out of the page, as `helm package` would pack it or as a zip; and parts of it.

use yew::Callback;

use super::form::Form;
use super::render::Asker;
use crate::app::dom::download;
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::share::{self, Archive, PackError};
use crate::workspace::{Experiment, FilePath, Outcome, Reply, Shown};

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
    /// What the linter says, for other programs, too.
    Report(Form),
}

/// Saves a part; says why where that can't be. What the linter says the worker knows.
pub fn take_out(part: Part, experiment: &Experiment, shown: &Shown, asker: &Asker, arrange: &Arranger) {
    let Part::Report(form) = part else { return save(file(part, experiment, shown), arrange) };
    let (chart, _) = experiment.chart_title();
    let ending = form.ending();
    let arrange = arrange.clone();
    let on_reply = Callback::from(move |reply: Option<Reply>| {
        let text = match reply {
            Some(Reply::Report(text)) => text,
            _ => Err("The engine gave no answer".to_owned()),
        };
        save(text.map(|text| Archive { name: format!("{chart}-lint.{ending}"), bytes: text.into_bytes() }), &arrange);
    });
    asker.ask_report(form, on_reply);
}

fn save(file: Result<Archive, String>, arrange: &Arranger) {
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
        Part::Problems | Part::Report(_) => {
            Ok(named("problems.md", share::problems_report(experiment, shown).into_bytes()))
        }
    }
}
