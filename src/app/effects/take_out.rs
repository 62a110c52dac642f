//! Taking the chart out of the page, as `helm package` would pack it.

use crate::app::dom::download;
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::share::pack;
use crate::workspace::Experiment;

/// Saves the chart as a packed chart; says why where it can't be packed.
pub fn take_out(experiment: &Experiment, arrange: &Arranger) {
    let packed = pack(experiment).map_err(|error| error.to_string());
    let saved = packed.and_then(|archive| download::save(&archive.name, &archive.bytes).map(|()| archive.name));
    match saved {
        Ok(name) => arrange.dispatch(Arrange::Say(format!("{name} saved").into())),
        Err(why) => arrange.dispatch(Arrange::Strip(Some(Strip::NotTakenOut(why.into())))),
    }
}
