//! Drafts in this browser: `ChartroomDrafts`, a global of `static/keep.js`. `IndexedDB` is all callbacks and events: in
//! JavaScript that is a hundred lines, and needs none of web-sys' bindings to it.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = last)]
    fn js_last() -> Option<String>;
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = own)]
    fn js_own() -> Option<String>;
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = list)]
    fn js_list() -> Promise;
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = load)]
    fn js_load(chart: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = save)]
    fn js_save(chart: &str, text: &str, own: bool) -> Promise;
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = versions)]
    fn js_versions(chart: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ChartroomDrafts, js_name = claim)]
    fn js_claim(chart: &str, lost: &Function, steal: bool) -> Promise;
}

/// How a tab wants a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Where no other tab has it.
    IfFree,
    /// Whoever has it.
    TakeOver,
}

/// The key of the draft worked on last; nothing where there is none, or `?fresh` asks for a clean page.
pub fn last() -> Option<String> {
    js_last()
}

/// The same, of the reader's own: no copy out of a link.
pub fn own() -> Option<String> {
    js_own()
}

/// The keys of all drafts, the newest first, with when they were saved.
pub async fn list() -> Vec<(String, String)> {
    pairs(js_list()).await
}

/// A draft's text.
pub async fn load(chart: &str) -> Option<String> {
    JsFuture::from(js_load(chart)).await.ok()?.as_string()
}

/// Keeps a draft; whether the browser did.
pub async fn save(chart: &str, text: &str, whose: Whose) -> bool {
    JsFuture::from(js_save(chart, text, whose == Whose::Own)).await.is_ok()
}

/// Whose draft it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The reader's own.
    Own,
    /// A copy out of a link.
    Copy,
}

/// What a draft was, the newest first: when it was saved, and its text.
pub async fn versions(chart: &str) -> Vec<(String, String)> {
    pairs(js_versions(chart)).await
}

async fn pairs(list: Promise) -> Vec<(String, String)> {
    let Ok(list) = JsFuture::from(list).await else { return Vec::new() };
    let pair = |pair: JsValue| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    Array::from(&list).iter().filter_map(pair).collect()
}

/// Takes a draft for this tab; whether it is this tab's now. `lost` is called when another tab takes it over.
pub async fn claim(chart: &str, claim: Claim, lost: impl FnOnce() + 'static) -> bool {
    let lost = Closure::once_into_js(lost);
    let claimed = js_claim(chart, lost.unchecked_ref(), claim == Claim::TakeOver);
    JsFuture::from(claimed).await.is_ok_and(|claimed| claimed.is_truthy())
}
