//! Why a line is there: the card below the output.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::components::PlaceLink;
use crate::app::dom::clipboard;
use crate::app::dom::focus::Way;
use crate::app::effects::pinning::Point;
use crate::app::hooks::{go_to, use_arrange, use_dispatch, use_pinner, use_pinning};
use crate::app::layout::Arrange;
use crate::workspace::{CardRow, Pin, Place, Pointer};

/// The card of what is pinned; nothing where nothing is.
#[component]
pub fn Why() -> Html {
    let pinning = use_pinning();
    let pinner = use_pinner();
    let Some(pin) = &pinning.pin else { return html! {} };
    let off = {
        let pinner = pinner.clone();
        Callback::from(move |_: MouseEvent| pinner.dispatch(Point::Off))
    };
    html! {
        <section class="why" aria-label="Why this line">
            <div class="why-head">
                <p class="why-headline">{ &pin.card.headline }</p>
                <Walk at={pin.at} count={pin.uses.len()} />
                <CopyCard text={pin.card.text.clone()} />
                <button type="button" class="quiet-button" title="Unpin (Escape)" onclick={off}>{ "Close" }</button>
            </div>
            { rows(pin) }
        </section>
    }
}

fn rows(pin: &Pin) -> Html {
    let row = |row: &CardRow| {
        let line = |line: &Pointer| html! { <Line line={line.clone()} /> };
        html! { <div class="why-row"><dt>{ &row.heading }</dt>{ for row.lines.iter().map(line) }</div> }
    };
    html! { <dl class="why-rows">{ for pin.card.rows.iter().map(row) }</dl> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct LineProps {
    line: Pointer,
}

/// Words, and a link to the place that they speak of.
#[component]
fn Line(props: &LineProps) -> Html {
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    html! {
        <dd>
            <code>{ &props.line.words }</code>
            if let Some(place) = props.line.place.clone() {
                { " " }<PlaceLink {place} {on_go} />
            }
        </dd>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct WalkProps {
    at: usize,
    count: usize,
}

/// To the next of the places that belong together: "2 of 5".
#[component]
fn Walk(props: &WalkProps) -> Html {
    let pinner = use_pinner();
    if props.count < 2 {
        return html! {};
    }
    let step = |way: Way| {
        let pinner = pinner.clone();
        Callback::from(move |_: MouseEvent| pinner.dispatch(Point::Step(way)))
    };
    html! {
        <span class="why-walk" role="group" aria-label="Places in the output">
            <button type="button" class="quiet-button" title="Previous place (Ctrl+Alt+Up)" aria-label="Previous place" onclick={step(Way::Back)}>{ "‹" }</button>
            <span>{ format!("{} of {}", props.at + 1, props.count) }</span>
            <button type="button" class="quiet-button" title="Next place (Ctrl+Alt+Down)" aria-label="Next place" onclick={step(Way::Forth)}>{ "›" }</button>
        </span>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct CopyCardProps {
    text: String,
}

/// Copies the card as text, for a chat.
#[component]
fn CopyCard(props: &CopyCardProps) -> Html {
    let arrange = use_arrange();
    let text = props.text.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let (arrange, text) = (arrange.clone(), text.clone());
        spawn_local(async move {
            let done = clipboard::copy(&text).await;
            arrange.dispatch(Arrange::Say(if done { "Copied" } else { "The browser did not let us copy" }.into()));
        });
    });
    html! { <button type="button" class="quiet-button" title="Copy why this line is there, as text" {onclick}>{ "Copy as text" }</button> }
}
