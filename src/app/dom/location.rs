//! The page's address.

use wasm_bindgen::JsValue;

/// The fragment without its `#`; empty where there is none.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Whether the address asks for something: `?present`.
pub fn asks_for(word: &str) -> bool {
    let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    query.trim_start_matches('?').split('&').any(|part| part == word)
}

/// The whole address with this fragment.
pub fn with_fragment(fragment: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}

/// Writes a fragment into the address, or clears it, without a step in the browser's history.
pub fn replace_fragment(fragment: &str) {
    let address = with_fragment(fragment);
    let history = web_sys::window().and_then(|window| window.history().ok());
    // Browsers refuse only floods and foreign addresses.
    let _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}
