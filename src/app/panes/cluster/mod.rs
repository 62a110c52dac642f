//! The simulated cluster: what would happen if the chart were installed. Time is in the reader's hands; tables are
//! kubectl's, events are sentences that lead to the line that decides.

mod berths;
mod compare;
mod controls;
mod events;
mod pod;
mod tables;
mod things;
mod upgrade;

use yew::prelude::*;

use crate::app::effects::cluster::{Silence, Stir};
use crate::app::hooks::{use_staging, use_stirrer};
use crate::workspace::cluster::{Deed, NOT_SIMULATED};

pub use berths::Berths;
use compare::Compare;
use controls::Controls;
use events::Events;
use pod::Pod;
use tables::Tables;
use things::{SetUp, Things};
use upgrade::Upgrade;

/// The tab.
#[component]
pub fn Cluster() -> Html {
    let staging = use_staging();
    let scene = staging.scene.clone();
    html! {
        <div class="cluster" tabindex="0" role="group" aria-label="Simulated cluster"
            data-micros={scene.as_ref().map(|scene| scene.micros.to_string())} data-position={staging.session.position.to_string()}>
            <Controls />
            if staging.silence == Silence::Noticed {
                <p class="cluster-answer">{ "The simulation gave no answer: it took too long, or the engine had not started yet. Go back, or try again." }</p>
            }
            if let Some(answer) = scene.as_ref().and_then(|scene| scene.answer.clone()) {
                <p class="cluster-answer">{ answer }</p>
            }
            if scene.is_none() {
                <p class="pane-empty">{ "Nothing is installed yet. Install the chart, and see what a cluster makes of it, event by event. Nothing leaves this page." }</p>
            } else {
                <Upgrade />
                <div class="cluster-columns">
                    <div>
                        <Tables />
                        <Pod />
                        <Things />
                    </div>
                    <Events />
                </div>
            }
            <SetUp />
            <Compare />
            <Limits />
        </div>
    }
}

/// What is not simulated.
#[component]
fn Limits() -> Html {
    let staging = use_staging();
    let left_out = staging.scene.as_ref().map(|scene| scene.left_out.join(", ")).unwrap_or_default();
    let limit = |words: &&'static str| html! { <li>{ *words }</li> };
    html! {
        <details class="cluster-part">
            <summary>{ "What is not simulated" }</summary>
            if !left_out.is_empty() {
                <p>{ "Of this chart: " }{ left_out }</p>
            }
            <ul class="cluster-list">{ for NOT_SIMULATED.iter().map(limit) }</ul>
        </details>
    }
}

/// A button that does something with the cluster.
#[derive(Clone, Debug, PartialEq, Properties)]
struct DoProps {
    deed: Deed,
    #[prop_or_default]
    disabled: bool,
    #[prop_or_default]
    title: Option<AttrValue>,
    children: Html,
}

#[component]
fn Do(props: &DoProps) -> Html {
    let stirrer = use_stirrer();
    let deed = props.deed.clone();
    let onclick = Callback::from(move |_: MouseEvent| stirrer.dispatch(Stir::Deed(deed.clone())));
    html! {
        <button type="button" class="button" {onclick} disabled={props.disabled} title={props.title.clone()}>{ props.children.clone() }</button>
    }
}
