//! Sharing: the experiment goes into the address and the link into the clipboard.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::link;
use crate::app::dom::{clipboard, location};
use crate::app::layout::{Arrange, Arranger, Copied, Linked, Strip};
use crate::share::{self, View};
use crate::workspace::Experiment;

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
        let link = location::with_fragment(&fragment);
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
