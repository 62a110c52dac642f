//! An edit that mends a problem: what it changes, and the button that does it.

use yew::prelude::*;

use crate::workspace::Mend;

/// The offer's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MendOfferProps {
    /// The edit.
    pub mend: Mend,
    /// Whether the keys that mend a problem mean this one of several edits.
    #[prop_or_default]
    pub has_keys: bool,
    /// Called when it is to be made.
    pub on_apply: Callback<Mend>,
}

/// The offer.
#[component]
pub fn MendOffer(props: &MendOfferProps) -> Html {
    let Mend { title, path, line, old, new, .. } = props.mend.clone();
    let onclick = {
        let (mend, on_apply) = (props.mend.clone(), props.on_apply.clone());
        Callback::from(move |_: MouseEvent| on_apply.emit(mend.clone()))
    };
    let keys = if props.has_keys { " (Ctrl+.)" } else { "" };
    let row = |class: &'static str, sign: char| move |text: String| html! { <span {class}>{ format!("{sign} {text}") }</span> };
    html! {
        <div class="mend" data-mend="">
            <button type="button" class="mend-apply" title={format!("{title}{keys}")} {onclick}>{ "Apply fix" }</button>
            <span class="mend-place">{ format!("{title}, {}:{line}", path.name()) }</span>
            <pre class="mend-diff" translate="no">
                { for old.into_iter().map(row("mend-old", '-')) }
                { for new.into_iter().map(row("mend-new", '+')) }
            </pre>
        </div>
    }
}
