//! Sharing: the experiment goes into the address and the link into the clipboard.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::link;
use super::pinning::Pinning;
use crate::app::dom::{clipboard, dialog, location};
use crate::app::layout::{Arrange, Arranger, Copied, Linked, OutputTab, Strip};
use crate::share::{self, View};
use crate::workspace::{Experiment, Settings};

/// Writes the experiment into the address, copies the link, and says so.
pub fn share(experiment: &Rc<Experiment>, arrange: Arranger) {
    let experiment = Rc::clone(experiment);
    spawn_local(async move {
        let fragment = match written(&experiment, &View::default()).await {
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
pub async fn written(experiment: &Experiment, view: &View) -> Result<String, String> {
    let sample = match experiment.origin.sample() {
        Some(name) => link::sample(name).await,
        None => None,
    };
    share::write(experiment, view, sample.as_ref()).map_err(|error| error.to_string())
}

/// What goes along with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Along {
    /// Only what differs from the sample.
    pub changes: bool,
    /// The settings.
    pub settings: bool,
    /// The open tab and what is pinned.
    pub view: bool,
}

impl Default for Along {
    fn default() -> Self {
        Self { changes: true, settings: true, view: false }
    }
}

/// A link, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkMade {
    /// The fragment.
    Link(AttrValue),
    /// The sentence that says why.
    TooLarge(AttrValue),
}

/// The link to an experiment, made anew whenever something of it changes; nothing until it is there.
#[hook]
pub fn use_link(experiment: &Rc<Experiment>, along: Along, tab: OutputTab, pinning: &Pinning) -> Option<Rc<LinkMade>> {
    let made = use_state(|| None);
    let setter = made.setter();
    let tab = (tab != OutputTab::default()).then(|| tab.word().to_owned());
    let view = if along.view { View { tab, pin: pinning.in_file() } } else { View::default() };
    let subject = (Rc::clone(experiment), along, view);
    use_effect_with(subject, move |(experiment, along, view)| {
        let (mut experiment, along, view) = (Experiment::clone(experiment), *along, view.clone());
        spawn_local(async move {
            let sample = match experiment.origin.sample() {
                Some(name) => link::sample(name).await,
                None => None,
            };
            if !along.settings {
                experiment.settings = sample.as_ref().map_or_else(Settings::default, |sample| sample.settings.clone());
            }
            let base = sample.as_ref().filter(|_| along.changes);
            setter.set(Some(Rc::new(match share::write(&experiment, &view, base) {
                Ok(fragment) => LinkMade::Link(fragment.into()),
                Err(error) => LinkMade::TooLarge(error.to_string().into()),
            })));
        });
    });
    (*made).clone()
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
