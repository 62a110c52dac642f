//! The page as a whole: its state, its effects, its contexts; and how it starts.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::dom::location;
use super::effects::bring_in::use_drops;
use super::effects::cluster::{Staging, Stirrer, use_cluster};
use super::effects::pinning::{Pinner, Pinning, use_pinning};
use super::effects::render::{Asker, Rendering, use_render};
use super::effects::{
    Hands, Surveyed, drafts, link, use_address, use_announcements, use_drafts, use_keyboard, use_paste, use_survey,
};
use super::layout::{Arranger, Layout, Linked, OutputTab, Strip};
use super::shell::Shell;
use super::stage::Stage;
use super::store::Dispatch;
use crate::share::Shared;
use crate::workspace::{Opening, Origin, Shown, Spot, Workspace, default_experiment};

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
    use_address(&now, &arranged, &layout.dispatcher(), &workspace.dispatcher());
    use_drops(&now, &layout.dispatcher(), &workspace.dispatcher());
    use_paste(&now, &layout.dispatcher(), &workspace.dispatcher());
    use_drafts(&now, &layout.dispatcher());
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
        let experiment = default_experiment();
        let spot = Opening::spot(&experiment);
        let start = Self { workspace: Rc::new(Workspace::new(experiment)), ..Self::default() };
        match (Opening::kept(), spot) {
            (Some(Opening { analysis, pin, groups }), Some(spot)) => Self {
                shown: Shown::default().after(analysis, 0),
                pinning: Pinning::new(spot, pin),
                staging: Staging::foreseen(groups),
                ..start
            },
            _ => start,
        }
    }
}

/// Draws the page into the document.
pub(super) fn mount() {
    spawn_local(async {
        let mut start = start().await;
        if location::asks_for("present") {
            start.layout.stage = Stage::presented();
        }
        yew::Renderer::<Page>::with_props(start).render();
    });
}

/// The experiment in the address, else the default one. A link that can't be read is told, and does no harm.
async fn start() -> Start {
    let (Shared { experiment, baseline, view }, strip) = match link::opened(&location::fragment()).await {
        Ok(Some(shared)) => (shared, Strip::Opened),
        Ok(None) => return draft_or_default().await,
        Err(why) => (default_experiment().into(), Strip::BadLink(why.into())),
    };
    let linked = (strip == Strip::Opened).then(|| Linked::to(&experiment));
    let layout = Layout { strip: Some(strip), linked, draft: drafts::is_there(), ..Layout::default() };
    let layout = Layout { tab: OutputTab::of(&view.tab.unwrap_or_default()), ..layout };
    let pinning = view.pin.map(|(path, at)| Pinning::new(Spot::File(path, at), None)).unwrap_or_default();
    let workspace = Workspace::new(experiment).compared_with(baseline);
    Start { workspace: Rc::new(workspace), layout, pinning, ..Start::default() }
}

/// The draft worked on last, else the default chart.
async fn draft_or_default() -> Start {
    match drafts::last().await {
        Some(draft) => {
            // A copy out of a link stays one: whoever comes back to it still has a way out.
            let strip = matches!(draft.origin, Origin::Link(_)).then_some(Strip::Opened);
            let layout = Layout { draft: drafts::is_there(), strip, ..Layout::default() };
            Start { workspace: Rc::new(Workspace::new(draft)), layout, ..Start::default() }
        }
        None => Start::first(),
    }
}
