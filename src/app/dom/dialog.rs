//! The browser's own dialogs: they keep the focus inside, and give it back where it was.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// Opens a dialog. `on_close` hears when it is closed, by whatever.
pub fn open(dialog: &HtmlDialogElement, on_close: impl Fn() + 'static) -> EventListener {
    // One that is open already stays so.
    let _ = dialog.show_modal();
    EventListener::new(dialog, "close", move |_| on_close())
}

/// Closes the dialog that is open, if one is. The focus goes back to where it was.
pub fn close() {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector("dialog[open]").ok().flatten());
    if let Some(dialog) = found.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
