//! The product's name beside its mark: a course with a waypoint, in two strokes.

use yew::prelude::*;

/// The product's name and mark.
#[component]
pub fn Brand() -> Html {
    html! {
        <h1 class="brand">
            <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" focusable="false">
                <path class="brand-course" d="M1 16c4-1 5-9 10-9s6 6 10 6" fill="none" stroke-width="2" />
                <circle class="brand-waypoint" cx="11" cy="7" r="2.6" stroke-width="1.6" />
            </svg>
            <span>{ "Chartroom" }</span>
        </h1>
    }
}
