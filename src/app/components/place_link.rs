//! A place in a file, to go to.

use yew::prelude::*;

use crate::workspace::Place;

/// The link's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PlaceLinkProps {
    /// The place.
    pub place: Place,
    /// Somebody wants to go there.
    pub on_go: Callback<Place>,
}

/// A link to a place.
#[component]
pub fn PlaceLink(props: &PlaceLinkProps) -> Html {
    let onclick = {
        let (place, on_go) = (props.place.clone(), props.on_go.clone());
        Callback::from(move |_: MouseEvent| on_go.emit(place.clone()))
    };
    let title = format!("Go to {}, line {}", props.place.path, props.place.line);
    html! { <button type="button" class="place" {title} {onclick}>{ props.place.label() }</button> }
}
