//! The chart, or parts of it, as files.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::effects::take_out::{Part, take_out};
use crate::app::hooks::{use_arrange, use_rendering, use_workspace};

/// What can be taken out, in the order of the buttons.
const PARTS: [(Part, &str); 6] = [
    (Part::Tgz, "Chart as .tgz, for helm install"),
    (Part::Zip, "Chart as .zip"),
    (Part::Manifests, "Manifests in one file"),
    (Part::ManifestFiles, "Manifests, one file each (.zip)"),
    (Part::Values, "values.yaml"),
    (Part::Problems, "List of problems"),
];

/// The buttons.
#[component]
pub fn TakeOut() -> Html {
    let (workspace, rendering, arrange) = (use_workspace(), use_rendering(), use_arrange());
    let button = |(part, label): (Part, &'static str)| {
        let (experiment, shown, arrange) = (Rc::clone(&workspace.experiment), rendering.shown.clone(), arrange.clone());
        let onclick = Callback::from(move |_: MouseEvent| take_out(part, &experiment, &shown, &arrange));
        html! { <button type="button" class="button" {onclick}>{ label }</button> }
    };
    html! {
        <>
            <h3>{ "Files" }</h3>
            <p class="share-ways">{ for PARTS.into_iter().map(button) }</p>
        </>
    }
}
