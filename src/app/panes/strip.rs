//! The strip below the bar: it says where the chart came from, or where its link is, and goes when it is dismissed.

use web_sys::{HtmlInputElement, MouseEvent};
use yew::prelude::*;

use crate::app::effects::samples::open_default;
use crate::app::hooks::{use_arrange, use_dispatch, use_layout, use_workspace};
use crate::app::layout::{Arrange, Copied, Strip as Content};
use crate::workspace::{Action, Workspace};

/// Links up to this length survive everywhere.
const FITS_ANYWHERE: usize = 2_000;

/// Links up to this length survive most chats and mail programs.
const FITS_MOSTLY: usize = 8_000;

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
        Content::Brought(what) => html! { <><p>{ what }</p><Back /></> },
        Content::NotBrought(why) | Content::BadSample(why) | Content::NoLink(why) => {
            html! { <p class="strip-bad">{ why }{ "." }</p> }
        }
        Content::Link(link, copied) => html! { <Link {link} {copied} /> },
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
    let on_default = Callback::from(move |_: MouseEvent| open_default(&dispatch, &arrange));
    html! {
        <>
            <p>{ "Opened from a link. What you change here stays with you; the link keeps what it has." }</p>
            if has_before(&workspace) {
                <Back />
            } else {
                <button type="button" class="button" onclick={on_default}>{ "Open the first sample instead" }</button>
            }
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
    let length = props.link.len();
    let fits = match length {
        0..=FITS_ANYWHERE => "fits anywhere",
        _ if length <= FITS_MOSTLY => "fits most chats and mail",
        _ => "long for a chat: check that it arrives whole",
    };
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
            <p><b>{ said }</b>{ ". It holds every file and setting: " }{ thousands(length) }{ " characters, " }{ fits }{ "." }</p>
            <input class="strip-link" type="text" readonly=true aria-label="Link to this chart" value={props.link.clone()} {onfocus} />
        </>
    }
}

/// `12,345`
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let head = (!head.is_empty()).then_some(head.into());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    #[test]
    fn large_numbers_are_grouped() {
        for (n, want) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::thousands(n), want);
        }
    }
}
