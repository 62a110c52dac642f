//! What the chart tells those who have installed it.

use yew::prelude::*;

use crate::app::hooks::use_rendering;

/// The notes.
#[component]
pub fn Notes() -> Html {
    let rendering = use_rendering();
    let notes = rendering.shown.good.as_ref().map(|good| good.notes.clone()).unwrap_or_default();
    if notes.trim().is_empty() {
        return html! { <p class="pane-empty">{ "This chart has no notes: no templates/NOTES.txt, or an empty one." }</p> };
    }
    html! { <pre class="notes" tabindex="0" aria-label="Notes" translate="no">{ notes }</pre> }
}
