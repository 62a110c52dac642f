//! The strip below the bar: it says where the chart came from, or where its link is, and goes when it is dismissed.

use web_sys::{HtmlInputElement, MouseEvent};
use yew::prelude::*;

use crate::app::components::LinkLength;
use crate::app::effects::drafts;
use crate::app::effects::samples::open_default;
use crate::app::hooks::{use_arrange, use_dispatch, use_layout, use_workspace};
use crate::app::layout::{Arrange, Came, Copied, Draft, Sheet, Strip as Content};
use crate::workspace::{Action, Skip, Workspace};

/// The strip.
#[component]
pub fn Strip() -> Html {
    let layout = use_layout();
    let arrange = use_arrange();
    let Some(content) = layout.strip.clone() else { return html! {} };
    let on_dismiss = Callback::from(move |_: MouseEvent| arrange.dispatch(Arrange::Strip(None)));
    let body = match content {
        Content::Opened => html! { <Opened /> },
        Content::BadLink(why) => html! { <p class="strip-bad">{ why }{ ". Here is the first sample instead." }</p> },
        Content::BadLaterLink(why) => html! { <p class="strip-bad">{ why }{ ". Your chart stays as it was." }</p> },
        Content::Brought(came) => html! { <Brought {came} /> },
        Content::NotBrought(why) | Content::NotTakenOut(why) | Content::BadSample(why) | Content::NoLink(why) => {
            html! { <p class="strip-bad">{ why }{ "." }</p> }
        }
        Content::Link(link, copied) => html! { <Link {link} {copied} /> },
        Content::NotKept => html! {
            <p>{ "This browser keeps no drafts for this page, or has no room left: save your chart as a file before you leave." }</p>
        },
        Content::OtherTab => html! { <OtherTab /> },
        Content::Done(what) => html! { <p>{ what }{ "." }</p> },
    };
    html! {
        <aside class="strip" aria-label="Message" data-pane="strip">
            { body }
            <button type="button" class="quiet-button" onclick={on_dismiss}>{ "Close" }</button>
        </aside>
    }
}

/// An experiment came with the address.
#[component]
fn Opened() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    let layout = use_layout();
    let on_keep = {
        let (workspace, dispatch, arrange) = (workspace.clone(), dispatch.clone(), arrange.clone());
        Callback::from(move |_: MouseEvent| drafts::adopt(&workspace.experiment, &dispatch, &arrange))
    };
    let on_draft = {
        let (dispatch, arrange) = (dispatch.clone(), arrange.clone());
        Callback::from(move |_: MouseEvent| drafts::go_back(dispatch.clone(), arrange.clone()))
    };
    let on_default = Callback::from(move |_: MouseEvent| open_default(&dispatch, &arrange));
    html! {
        <>
            <p>{ "Opened from a link, as a copy. What you change here stays with you; the link keeps what it has." }</p>
            <button type="button" class="button" onclick={on_keep}>{ "Keep as my draft" }</button>
            if has_before(&workspace) {
                <Back />
            } else if layout.draft == Draft::Kept {
                <button type="button" class="button" onclick={on_draft}>{ "Back to my draft" }</button>
            } else {
                <button type="button" class="button" onclick={on_default}>{ "Open the first sample instead" }</button>
            }
        </>
    }
}

/// What came is a chart of the reader's own.
#[derive(Clone, Debug, PartialEq, Properties)]
struct BroughtProps {
    came: Came,
}

/// A chart of the reader's own was opened; what was left out can be read.
#[component]
fn Brought(props: &BroughtProps) -> Html {
    /// So many are listed.
    const MOST: usize = 200;
    let Came { sentence, left_out, skipped } = &props.came;
    let item = |(path, why): &(String, Skip)| html! { <li><code>{ path }</code>{ ": " }{ why.to_string() }</li> };
    let more = skipped.len().saturating_sub(MOST);
    html! {
        <>
            <p>{ sentence }</p>
            if let Some(left_out) = left_out {
                <details class="strip-left-out">
                    <summary>{ left_out }</summary>
                    <ul tabindex="0" aria-label="What was left out">
                        { for skipped.iter().take(MOST).map(item) }
                        if more > 0 {
                            <li>{ format!("and {more} more") }</li>
                        }
                    </ul>
                </details>
            }
            <Back />
        </>
    }
}

/// The draft is open in another tab.
#[component]
fn OtherTab() -> Html {
    let (workspace, arrange) = (use_workspace(), use_arrange());
    let on_take = Callback::from(move |_: MouseEvent| drafts::take_over(workspace.experiment.clone(), arrange.clone()));
    html! {
        <>
            <p>{ "This draft is open in another tab. What you change here is not kept." }</p>
            <button type="button" class="button" onclick={on_take}>{ "Keep it from here on" }</button>
        </>
    }
}

/// Whether another chart was on the page before.
fn has_before(workspace: &Workspace) -> bool {
    workspace.history.can_undo() && workspace.generation > 0
}

/// Goes back to the chart that was on the page before.
#[component]
fn Back() -> Html {
    let workspace = use_workspace();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    if !has_before(&workspace) {
        return html! {};
    }
    let on_back = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Action::Undo);
        arrange.dispatch(Arrange::Strip(None));
    });
    html! { <button type="button" class="button" onclick={on_back}>{ "Back to what I had" }</button> }
}

/// The link's props.
#[derive(Clone, Debug, PartialEq, Properties)]
struct LinkProps {
    link: AttrValue,
    copied: Copied,
}

/// A link to the experiment.
#[component]
fn Link(props: &LinkProps) -> Html {
    let arrange = use_arrange();
    let on_more = Callback::from(move |_: MouseEvent| arrange.dispatch(Arrange::Sheet(Some(Sheet::Share))));
    let said = match props.copied {
        Copied::Yes => "Link copied",
        Copied::No => "Copy this link",
    };
    let onfocus = Callback::from(|event: FocusEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.select();
    });
    html! {
        <>
            <p><b>{ said }</b>{ ". Whoever opens it gets this chart with its settings: " }<LinkLength length={props.link.len()} />{ "." }</p>
            <button type="button" class="button" onclick={on_more}>{ "More ways to share …" }</button>
            <input class="strip-link" type="text" readonly=true aria-label="Link to this chart" value={props.link.clone()} {onfocus} />
        </>
    }
}
