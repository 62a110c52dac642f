//! The sample charts: their list is fetched once, their files when somebody opens one.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::dom::fetch;
use crate::app::layout::{Arrange, Arranger, Strip};
use crate::app::store::Dispatch;
use crate::workspace::{Action, Experiment, Sample, SampleIndex, default_experiment};

/// Where the samples are, beside the page.
const FOLDER: &str = "samples";

/// The list of samples; empty until it is there.
#[hook]
pub fn use_samples() -> Rc<SampleIndex> {
    let index = use_state(|| Rc::new(SampleIndex::default()));
    let setter = index.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            if let Some(found) = fetched_index().await {
                setter.set(Rc::new(found));
            }
        });
    });
    Rc::clone(&index)
}

async fn fetched_index() -> Option<SampleIndex> {
    let bytes = fetch::bytes(&format!("{FOLDER}/index.json")).await.ok()?;
    SampleIndex::parse(&String::from_utf8_lossy(&bytes)).ok()
}

/// The sample of this name, fetched.
pub async fn by_name(name: &str) -> Option<Experiment> {
    let index = fetched_index().await?;
    fetched(index.get(name)?).await.ok()
}

/// Opens a sample in place of what is on the page, which undo brings back.
pub fn open(sample: Sample, dispatch: Dispatch, arrange: Arranger) {
    spawn_local(async move {
        match fetched(&sample).await {
            Ok(experiment) => {
                dispatch.dispatch(Action::Load(Rc::new(experiment)));
                arrange.dispatch(Arrange::Strip(None));
                arrange.dispatch(Arrange::Say(format!("Opened the sample {}", sample.title).into()));
            }
            Err(why) => {
                let words = format!("The sample “{}” can't be opened: {why}", sample.title);
                arrange.dispatch(Arrange::Strip(Some(Strip::BadSample(words.into()))));
            }
        }
    });
}

/// Opens the default chart, which needs no fetching.
pub fn open_default(dispatch: &Dispatch, arrange: &Arranger) {
    dispatch.dispatch(Action::Load(Rc::new(default_experiment())));
    arrange.dispatch(Arrange::Strip(None));
}

async fn fetched(sample: &Sample) -> Result<Experiment, String> {
    let mut contents = Vec::new();
    for path in &sample.files {
        contents.push(fetch::bytes(&format!("{FOLDER}/{}/{path}", sample.name)).await?);
    }
    Ok(sample.experiment(contents))
}
