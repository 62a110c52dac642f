//! The page as a whole: its state, its effects, its contexts; and how it starts.

use std::rc::Rc;

use yew::prelude::*;

use super::dom::location;
use super::effects::bring_in::use_drops;
use super::effects::cluster::{Staging, Stirrer, use_cluster};
use super::effects::pinning::{Pinner, Pinning, use_pinning};
use super::effects::render::{Asker, Rendering, use_render};
use super::effects::{Hands, Surveyed, use_address, use_announcements, use_keyboard, use_survey};
use super::layout::{Arranger, Layout, Strip};
use super::shell::Shell;
use super::stage::Stage;
use super::store::Dispatch;
use crate::share;
use crate::workspace::{
    Content, Experiment, FilePath, Outside, Question, Reply, Shown, Spot, Study, Workspace, default_experiment,
};

/// What the page starts with. Handed in, not fetched while drawing, so that tests can draw any page.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub struct Start {
    /// The experiment.
    pub workspace: Rc<Workspace>,
    /// What is known about it already.
    pub shown: Shown,
    /// The layout.
    pub layout: Layout,
    /// What is pinned.
    pub pinning: Pinning,
    /// The simulated cluster.
    pub staging: Staging,
}

/// The page.
#[component]
pub fn Page(start: &Start) -> Html {
    let workspace = {
        let first = Rc::clone(&start.workspace);
        use_reducer_eq(move || (*first).clone())
    };
    let layout = {
        let first = start.layout.clone();
        use_reducer_eq(move || first)
    };
    let now: Rc<Workspace> = Rc::new((*workspace).clone());
    let arranged = Rc::new((*layout).clone());
    let (rendering, asker) = use_render(&now, &start.shown);
    let pinning = use_pinning(start.pinning.clone(), &now, &rendering, &asker, &workspace.dispatcher());
    let survey = use_survey(&now, &rendering, &asker);
    use_address(&now, &layout.dispatcher(), &workspace.dispatcher());
    use_drops(&now, &layout.dispatcher(), &workspace.dispatcher());
    use_announcements(&rendering, &layout.dispatcher());
    let staging = use_cluster(start.staging.clone(), &rendering, &asker, &layout.dispatcher());
    let hands = Hands { dispatch: workspace.dispatcher(), arrange: layout.dispatcher(), pinner: pinning.dispatcher() };
    use_keyboard(&now, &rendering, &arranged, &hands);
    html! {
        <ContextProvider<Dispatch> context={workspace.dispatcher()}>
            <ContextProvider<Arranger> context={layout.dispatcher()}>
                <ContextProvider<Rc<Workspace>> context={now}>
                    <ContextProvider<Rendering> context={rendering}>
                        <ContextProvider<Rc<Layout>> context={arranged}>
                            <ContextProvider<Asker> context={asker}>
                                <ContextProvider<Pinner> context={pinning.dispatcher()}>
                                    <ContextProvider<Rc<Pinning>> context={Rc::new((*pinning).clone())}>
                                        <ContextProvider<Surveyed> context={survey}>
                                            <ContextProvider<Stirrer> context={staging.dispatcher()}>
                                                <ContextProvider<Rc<Staging>> context={Rc::new((*staging).clone())}>
                                                    <Shell />
                                                </ContextProvider<Rc<Staging>>>
                                            </ContextProvider<Stirrer>>
                                        </ContextProvider<Surveyed>>
                                    </ContextProvider<Rc<Pinning>>>
                                </ContextProvider<Pinner>>
                            </ContextProvider<Asker>>
                        </ContextProvider<Rc<Layout>>>
                    </ContextProvider<Rendering>>
                </ContextProvider<Rc<Workspace>>>
            </ContextProvider<Arranger>>
        </ContextProvider<Dispatch>>
    }
}

impl Start {
    /// The default chart with its output: what the page opens with, and what its HTML carries before the engine is there.
    pub fn first() -> Self {
        with_output(default_experiment())
    }
}

/// Draws the page into the document.
pub(super) fn mount() {
    let mut start = start();
    if location::asks_for("present") {
        start.layout.stage = Stage::presented();
    }
    yew::Renderer::<Page>::with_props(start).render();
}

/// The experiment in the address, else the default one. A link that can't be read is told, and does no harm.
fn start() -> Start {
    let (experiment, strip) = match share::read(&location::fragment()) {
        Ok(Some(experiment)) => (experiment, Some(Strip::Opened)),
        Ok(None) => return Start::first(),
        Err(error) => (default_experiment(), Some(Strip::BadLink(error.to_string().into()))),
    };
    let layout = Layout { strip, ..Layout::default() };
    Start { workspace: Rc::new(Workspace::new(experiment)), layout, ..Start::default() }
}

/// The default chart is ours and small: it is rendered here and now, so that it stands there before the worker does,
/// with its first value pinned.
fn with_output(experiment: Experiment) -> Start {
    let (mut study, analysis) = Study::of(experiment.clone(), Outside::default());
    let shown = Shown::default().after(analysis, 0);
    let pinning = first_pin(&experiment, &mut study);
    Start {
        workspace: Rc::new(Workspace::new(experiment)),
        shown,
        layout: Layout::default(),
        pinning,
        ..Start::default()
    }
}

/// The number of replicas, which is what the default chart shows first.
fn first_pin(experiment: &Experiment, study: &mut Study) -> Pinning {
    let values = experiment.file(&FilePath::values()).and_then(Content::text);
    let Some(at) = values.and_then(|text| text.find("replicaCount")) else { return Pinning::default() };
    let spot = Spot::File(FilePath::values(), at);
    let pin = match study.answer(&Question::Why(spot.clone(), None), None) {
        Some(Reply::Why(pin)) => Some(*pin),
        _ => None,
    };
    Pinning::new(spot, pin)
}
