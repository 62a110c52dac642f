//! The documents that are absent, below those that are there, each with its reason.

use yew::prelude::*;

use crate::app::components::PlaceLink;
use crate::app::hooks::{go_to, use_arrange, use_dispatch, use_survey};
use crate::workspace::{Absent, Place, Pointer};

/// What is not rendered.
#[component]
pub fn NotThere() -> Html {
    let survey = use_survey();
    let (dispatch, arrange) = (use_dispatch(), use_arrange());
    if survey.absent.is_empty() {
        return html! {};
    }
    let on_go = Callback::from(move |place: Place| go_to(&place, &dispatch, &arrange));
    let because = |because: &Pointer| {
        html! {
            <>
                <code>{ &because.words }</code>
                if let Some(place) = because.place.clone() {
                    { " " }<PlaceLink {place} on_go={on_go.clone()} />
                }
                { " " }
            </>
        }
    };
    let absent = |absent: &Absent| {
        html! {
            <li>
                <b>{ &absent.title }</b>{ " not rendered: " }{ for absent.because.iter().map(because) }
                if let Some(place) = absent.template.clone() {
                    { "in " }<PlaceLink {place} on_go={on_go.clone()} />
                }
            </li>
        }
    };
    html! { <ul class="not-there" aria-label="Not rendered">{ for survey.absent.iter().map(absent) }</ul> }
}
