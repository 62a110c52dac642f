//! Sharing and taking out: a link with its length and what goes along, the ways to copy it, and the chart or parts of it
//! as files. What would not install is told first.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::share_link::ShareLink;
use super::take_out::TakeOut;
use crate::app::dom::dialog;
use crate::app::effects::share::{use_link, use_shared};
use crate::app::hooks::{use_layout, use_pinning, use_rendering, use_workspace};
use crate::share::{self, Along, Part};

/// The dialog's content.
#[component]
pub fn ShareDialog() -> Html {
    let (workspace, rendering) = (use_workspace(), use_rendering());
    let (layout, pinning) = (use_layout(), use_pinning());
    let along = use_state(Along::default);
    let all = use_shared(&workspace, layout.tab, &pinning);
    let offer = use_link(all, (*along).clone());
    let obstacles = share::obstacles(&workspace.experiment, &rendering.shown);
    let there = offer.as_ref().map(|offer| offer.there.as_slice()).unwrap_or_default();
    let choice = |part: Part| {
        let setter = along.clone();
        let on_choose = Callback::from(move |chosen: bool| setter.set(setter.with(part, chosen)));
        let is_there = there.contains(&part);
        html! { <Check {part} chosen={is_there && along.has(part)} {is_there} {on_choose} /> }
    };
    let on_close = Callback::from(|_: MouseEvent| dialog::close());
    html! {
        <div class="share">
            <h2>{ "Share and take out" }</h2>
            if !obstacles.is_empty() {
                <ul class="share-obstacles" aria-label="What would not install">
                    { for obstacles.iter().map(|words| html! { <li>{ words }{ "." }</li> }) }
                </ul>
            }
            <h3>{ "A link" }</h3>
            <p>{ "It holds the chart itself, behind the #, where no server sees it." }</p>
            { match offer.as_ref().map(|offer| &offer.link) {
                None => html! { <p>{ "…" }</p> },
                Some(Ok(fragment)) => html! { <ShareLink fragment={fragment.clone()} /> },
                Some(Err(why)) => html! {
                    <p class="share-large">{ why.clone() }{ ". Send it as a file instead: it is below." }</p>
                },
            } }
            <fieldset class="share-choices">
                <legend>{ "What goes along" }</legend>
                { for Part::ALL.into_iter().map(choice) }
            </fieldset>
            <TakeOut />
            <p class="share-close"><button type="button" class="button" onclick={on_close}>{ "Close" }</button></p>
        </div>
    }
}

/// A choice's props.
#[derive(Clone, Debug, PartialEq, Properties)]
struct CheckProps {
    part: Part,
    chosen: bool,
    is_there: bool,
    on_choose: Callback<bool>,
}

/// A choice. What isn't there can't be chosen, and says so.
#[component]
fn Check(props: &CheckProps) -> Html {
    let on_choose = props.on_choose.clone();
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        on_choose.emit(input.checked());
    });
    let (label, lack) = words(props.part);
    html! {
        <label class={classes!("share-choice", (!props.is_there).then_some("share-lacks"))}>
            <input type="checkbox" checked={props.chosen} disabled={!props.is_there} {onchange} />
            <span>
                { label }
                if !props.is_there {
                    <span class="share-lack">{ ": " }{ lack }</span>
                }
            </span>
        </label>
    }
}

/// What a part is called, and what is said where it isn't there.
fn words(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Changes => ("Only what differs from the sample", "it began with none"),
        Part::Settings => ("Release, namespace and other settings", "nobody changed any"),
        Part::Layers => ("Layers of values", "there are none"),
        Part::Baseline => ("The baseline of Changes", "nothing differs from it"),
        Part::LintSettings => ("The linter's settings", "there is no .chartroom.yaml"),
        Part::Pin => ("The pinned line", "none is pinned"),
        Part::Tab => ("The open tab", "it is the first one"),
    }
}
