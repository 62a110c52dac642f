//! Opening links: one that changes a sample needs the sample, which is fetched where it isn't built in.

use std::rc::Rc;

use super::samples;
use crate::share::{self, Shared};
use crate::workspace::{Experiment, default_experiment};

/// What a fragment holds; nothing where it is no link. The error is the sentence shown.
pub async fn opened(fragment: &str) -> Result<Option<Shared>, String> {
    let Some(link) = share::read(fragment).map_err(|error| error.to_string())? else { return Ok(None) };
    let sample = match link.sample() {
        Some(name) => sample(name).await,
        None => None,
    };
    link.open(sample.as_ref()).map(Some).map_err(|error| error.to_string())
}

/// The sample that an experiment began with; nothing where there is none of that name.
pub async fn sample(name: &Rc<str>) -> Option<Experiment> {
    let built_in = default_experiment();
    if built_in.origin.sample() == Some(name) {
        return Some(built_in);
    }
    samples::by_name(name).await
}
