//! Sharing: the experiment goes into the address and the link into the clipboard.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::link;
use super::pinning::Pinning;
use crate::app::dom::{clipboard, dialog, location};
use crate::app::layout::{Arrange, Arranger, Copied, Linked, OutputTab, Strip};
use crate::share::{self, Along, Part, Shared, View};
use crate::workspace::{Experiment, Workspace};

/// Writes the experiment into the address, copies the link, and says so.
pub fn share(experiment: &Rc<Experiment>, arrange: Arranger) {
    let experiment = Rc::clone(experiment);
    spawn_local(async move {
        let fragment = match written(&experiment).await {
            Ok(fragment) => fragment,
            Err(why) => return arrange.dispatch(Arrange::Strip(Some(Strip::NoLink(why.into())))),
        };
        location::replace_fragment(&fragment);
        arrange.dispatch(Arrange::Linked(Linked::to(&experiment)));
        let link = location::shared("", &fragment);
        let copied = if clipboard::copy(&link).await { Copied::Yes } else { Copied::No };
        arrange.dispatch(Arrange::Strip(Some(Strip::Link(link.into(), copied))));
        let said = if copied == Copied::Yes { "Link copied" } else { "The link is in the address" };
        arrange.dispatch(Arrange::Say(said.into()));
    });
}

/// The fragment of a link to an experiment: to what was changed, where it began with a sample that is still there.
async fn written(experiment: &Experiment) -> Result<String, String> {
    let sample = sample(experiment).await;
    share::write(&experiment.clone().into(), sample.as_ref()).map_err(|error| error.to_string())
}

/// The sample that an experiment began with, where it is still there.
async fn sample(experiment: &Experiment) -> Option<Experiment> {
    link::sample(experiment.origin.sample()?).await
}

/// A link to what was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The fragment; the error is the sentence that says why there is none.
    pub link: Result<AttrValue, AttrValue>,
    /// What there is to choose from.
    pub there: Vec<Part>,
}

/// All that could go along with a link to what is on the page.
#[hook]
pub fn use_shared(workspace: &Workspace, tab: OutputTab, pinning: &Pinning) -> Shared {
    let tab = (tab != OutputTab::default()).then(|| tab.word().to_owned());
    Shared {
        experiment: Experiment::clone(&workspace.experiment),
        baseline: Some(Experiment::clone(&workspace.baseline)),
        view: View { tab, pin: pinning.in_file() },
    }
}

/// The link, made anew whenever something of it changes; nothing until it is there.
#[hook]
pub fn use_link(all: Shared, along: Along) -> Option<Rc<Offer>> {
    let offer = use_state(|| None);
    let setter = offer.setter();
    use_effect_with((all, along), move |(all, along)| {
        let (all, along) = (all.clone(), along.clone());
        spawn_local(async move {
            let sample = sample(&all.experiment).await;
            let base = sample.as_ref().filter(|_| along.has(Part::Changes));
            let link = share::write(&along.of(&all, sample.as_ref()), base);
            setter.set(Some(Rc::new(Offer {
                link: link.map(Into::into).map_err(|error| error.to_string().into()),
                there: Part::ALL.into_iter().filter(|part| part.is_in(&all, sample.as_ref())).collect(),
            })));
        });
    });
    (*offer).clone()
}

/// Copies a text, and says so.
pub fn copy(what: &'static str, text: Rc<str>, arrange: Arranger) {
    spawn_local(async move {
        let strip = if clipboard::copy(&text).await {
            arrange.dispatch(Arrange::Say(format!("The {what} is in the clipboard").into()));
            Strip::Done(format!("The {what} is in the clipboard").into())
        } else {
            Strip::NoLink("The browser does not let the page copy".into())
        };
        dialog::close();
        arrange.dispatch(Arrange::Strip(Some(strip)));
    });
}
