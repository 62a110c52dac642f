//! Sharing: the experiment goes into the address and the link into the clipboard.

use wasm_bindgen_futures::spawn_local;

use crate::app::dom::{clipboard, location};
use crate::app::layout::{Arrange, Arranger, Copied, Strip};
use crate::share;
use crate::workspace::Experiment;

/// Writes the experiment into the address, copies the link, and says so.
pub fn share(experiment: &Experiment, arrange: Arranger) {
    let fragment = match share::write(experiment) {
        Ok(fragment) => fragment,
        Err(error) => {
            arrange.dispatch(Arrange::Strip(Some(Strip::NoLink(error.to_string().into()))));
            return;
        }
    };
    location::replace_fragment(&fragment);
    let link = location::with_fragment(&fragment);
    spawn_local(async move {
        let copied = if clipboard::copy(&link).await { Copied::Yes } else { Copied::No };
        arrange.dispatch(Arrange::Strip(Some(Strip::Link(link.into(), copied))));
        let said = if copied == Copied::Yes { "Link copied" } else { "The link is in the address" };
        arrange.dispatch(Arrange::Say(said.into()));
    });
}
