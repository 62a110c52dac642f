//! A dialog over the page.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::app::dom::dialog;

/// The dialog's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ModalProps {
    /// Its name.
    pub label: AttrValue,
    /// It was closed.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// A dialog. Escape and a click beside it close it.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let place = use_node_ref();
    {
        let (place, on_close) = (place.clone(), props.on_close.clone());
        use_effect_with((), move |()| {
            let element = place.cast::<HtmlDialogElement>();
            let listener = element.as_ref().map(|element| dialog::open(element, move || on_close.emit(())));
            move || {
                drop(listener);
                if let Some(element) = element {
                    element.close();
                }
            }
        });
    }
    let onclick = {
        let place = place.clone();
        Callback::from(move |event: MouseEvent| {
            let beside = place.cast::<HtmlDialogElement>().filter(|own| event.target().as_ref() == Some(own.as_ref()));
            if let Some(element) = beside {
                element.close();
            }
        })
    };
    html! {
        <dialog ref={place} class="modal" aria-label={props.label.clone()} {onclick}>
            <div class="modal-body">{ props.children.clone() }</div>
        </dialog>
    }
}
