//! The part of the Wasm that the first output does not need.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What `static/later.js` leaves for this module, on the page and in the worker.
const FETCH: &str = "fetchLaterPart";

/// Fetches it, and says whether it is there now. Who calls a function of it before waits until it is fetched.
pub async fn fetch() -> bool {
    let Some(function) = function() else { return true };
    let promise = function.call0(&JsValue::UNDEFINED).and_then(JsCast::dyn_into::<Promise>);
    match promise {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// Whether this Wasm came in parts. That of the worker for charts with Jinja is whole.
pub fn is_apart() -> bool {
    function().is_some()
}

fn function() -> Option<Function> {
    Reflect::get(&js_sys::global(), &FETCH.into()).ok()?.dyn_into().ok()
}
