//! A link, its length, and the ways to pass it on.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::app::components::{LinkLength, QrCode};
use crate::app::dom::location;
use crate::app::effects::share::copy;
use crate::app::hooks::{use_arrange, use_rendering, use_workspace};
use crate::share::{self, MOST_QR_LENGTH, Qr};

/// The link's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ShareLinkProps {
    /// What stands behind its `#`.
    pub fragment: AttrValue,
}

/// A link.
#[component]
pub fn ShareLink(props: &ShareLinkProps) -> Html {
    let (workspace, rendering, arrange) = (use_workspace(), use_rendering(), use_arrange());
    let address = location::shared("", &props.fragment);
    let embedded = location::shared("?embed=output,values", &props.fragment);
    let copier = |label: &'static str, text: String| {
        let (arrange, text) = (arrange.clone(), Rc::<str>::from(text));
        Callback::from(move |_: MouseEvent| copy(label, Rc::clone(&text), arrange.clone()))
    };
    let way = |label: &'static str, text: String| {
        html! { <button type="button" class="button" onclick={copier(label, text)}>{ "Copy " }{ label }</button> }
    };
    let first = use_node_ref();
    {
        let first = first.clone();
        // The link comes a moment after the dialog, which has given the focus to something else by then.
        use_effect_with((), move |()| {
            if let Some(button) = first.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        });
    }
    let experiment = &workspace.experiment;
    let code = share::markdown_with_code(experiment, &rendering.shown, &address);
    let onfocus = Callback::from(|event: FocusEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.select();
    });
    html! {
        <>
            <p class="share-link">
                <button ref={first} type="button" class="primary" onclick={copier("link", address.clone())}>{ "Copy link" }</button>
                <input type="text" readonly=true aria-label="Link to this chart" value={address.clone()} {onfocus} />
            </p>
            <LinkLength length={address.len()} scale={true} />
            <p class="share-ways">
                { way("Markdown link", share::markdown_link(experiment, &address)) }
                { way("Markdown with code", code) }
                { way("embed code", share::embed_code(experiment, &embedded)) }
            </p>
            <ForPhones address={address.clone()} />
        </>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ForPhonesProps {
    address: AttrValue,
}

/// The QR code, where somebody asks for it and the link is short enough.
#[component]
fn ForPhones(props: &ForPhonesProps) -> Html {
    let is_open = use_state(|| false);
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let length = props.address.len();
    if length > MOST_QR_LENGTH {
        let words =
            format!("No QR code: phones read links of up to {MOST_QR_LENGTH} characters, and this one has {length}.");
        return html! { <p class="share-lack">{ words }</p> };
    }
    html! {
        <>
            <p class="share-ways">
                <button type="button" class="button" aria-expanded={is_open.to_string()} {onclick}>
                    { if *is_open { "Hide the QR code" } else { "Show a QR code" } }
                </button>
            </p>
            if let Some(code) = Qr::of(&props.address).filter(|_| *is_open) {
                <QrCode {code} label="The link as a QR code" />
            }
        </>
    }
}
