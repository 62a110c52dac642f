//! The JavaScript that loads this Wasm, for page and worker alike.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Meta;
    #[wasm_bindgen(method, getter)]
    fn url(this: &Meta) -> String;
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static META: Meta;
}

/// Its address.
pub(super) fn address() -> String {
    META.with(Meta::url)
}
