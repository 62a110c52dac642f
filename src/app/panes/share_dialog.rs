//! Sharing and taking out: a link with its length and what goes along, the ways to copy it, and the chart or parts of it
//! as files. What would not install is told first.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::take_out::TakeOut;
use crate::app::components::{LENGTHS, LinkLength};
use crate::app::effects::share::{Along, LinkMade, copy, use_link};
use crate::app::hooks::{use_arrange, use_layout, use_pinning, use_rendering, use_workspace};
use crate::share;

/// The dialog's content.
#[component]
pub fn ShareDialog() -> Html {
    let (workspace, rendering) = (use_workspace(), use_rendering());
    let along = use_state(Along::default);
    let (layout, pinning) = (use_layout(), use_pinning());
    let made = use_link(&workspace.experiment, *along, layout.tab, &pinning);
    let obstacles = share::obstacles(&workspace.experiment, &rendering.shown);
    let choose = |change: fn(Along, bool) -> Along| {
        let along = along.clone();
        Callback::from(move |chosen: bool| along.set(change(*along, chosen)))
    };
    html! {
        <>
            <h2>{ "Share and take out" }</h2>
            if !obstacles.is_empty() {
                <ul class="share-obstacles" aria-label="What would not install">
                    { for obstacles.iter().map(|words| html! { <li>{ words }{ "." }</li> }) }
                </ul>
            }
            <h3>{ "A link" }</h3>
            <p>{ "It holds the chart itself, behind the #, where no server sees it." }</p>
            <fieldset class="share-choices">
                <legend>{ "What goes along" }</legend>
                <Check label="Only what differs from the sample, where it began with one" chosen={along.changes}
                    on_choose={choose(|along, changes| Along { changes, ..along })} />
                <Check label="Release, namespace and the other settings" chosen={along.settings}
                    on_choose={choose(|along, settings| Along { settings, ..along })} />
                <Check label="The open tab and the pinned line" chosen={along.view}
                    on_choose={choose(|along, view| Along { view, ..along })} />
            </fieldset>
            { link(made) }
            <TakeOut />
        </>
    }
}

fn link(made: Option<Rc<LinkMade>>) -> Html {
    match made.as_deref() {
        None => html! { <p>{ "…" }</p> },
        Some(LinkMade::Link(fragment)) => html! { <Ways fragment={fragment.clone()} /> },
        Some(LinkMade::TooLarge(why)) => html! {
            <p class="share-large">{ why.clone() }{ ". Send it as a file instead: it is below." }</p>
        },
    }
}

/// A choice's props.
#[derive(Clone, Debug, PartialEq, Properties)]
struct CheckProps {
    label: AttrValue,
    chosen: bool,
    on_choose: Callback<bool>,
}

/// A choice.
#[component]
fn Check(props: &CheckProps) -> Html {
    let on_choose = props.on_choose.clone();
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        on_choose.emit(input.checked());
    });
    html! {
        <label><input type="checkbox" checked={props.chosen} {onchange} />{ " " }{ &props.label }</label>
    }
}

/// The props of the ways to copy a link.
#[derive(Clone, Debug, PartialEq, Properties)]
struct WaysProps {
    fragment: AttrValue,
}

/// The ways to copy a link.
#[component]
fn Ways(props: &WaysProps) -> Html {
    let (workspace, rendering, arrange) = (use_workspace(), use_rendering(), use_arrange());
    let address = crate::app::dom::location::shared("", &props.fragment);
    let embedded = crate::app::dom::location::shared("?embed=output,values", &props.fragment);
    let way = |label: &'static str, text: String| {
        let (arrange, text) = (arrange.clone(), Rc::<str>::from(text));
        let onclick = Callback::from(move |_: MouseEvent| copy(label, Rc::clone(&text), arrange.clone()));
        html! { <button type="button" class="button" {onclick}>{ "Copy " }{ label }</button> }
    };
    let experiment = &workspace.experiment;
    let length = address.len();
    html! {
        <>
            <p>
                <meter class="share-meter" min="0" max="8000" low={LENGTHS.0.to_string()} value={length.min(8000).to_string()} />
                { " " }<LinkLength {length} />
            </p>
            <p class="share-ways">
                { way("link", address.clone()) }
                { way("Markdown link", share::markdown_link(experiment, &address)) }
                { way("Markdown with code", share::markdown_with_code(experiment, &rendering.shown, &address)) }
                { way("embed code", share::embed_code(experiment, &embedded)) }
            </p>
        </>
    }
}
