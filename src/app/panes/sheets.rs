//! The dialogs about sharing, keeping and rules: whichever is open.

use yew::prelude::*;

use super::rules::Rules;
use super::share_dialog::ShareDialog;
use super::versions::Versions;
use crate::app::components::Modal;
use crate::app::hooks::{use_arrange, use_layout};
use crate::app::layout::{Arrange, Sheet};

/// The dialog that is open, if one is.
#[component]
pub fn Sheets() -> Html {
    let (layout, arrange) = (use_layout(), use_arrange());
    let on_close = Callback::from(move |()| arrange.dispatch(Arrange::Sheet(None)));
    match layout.sheet {
        Some(Sheet::Share) => html! { <Modal label="Share and take out" {on_close}><ShareDialog /></Modal> },
        Some(Sheet::Versions) => html! { <Modal label="Earlier versions" {on_close}><Versions /></Modal> },
        Some(Sheet::Rules) => html! { <Modal label="Rules" {on_close}><Rules /></Modal> },
        None => html! {},
    }
}
