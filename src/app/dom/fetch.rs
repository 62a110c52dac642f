//! Fetching files of the site, from the page or from its worker.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, WorkerGlobalScope};

/// The bytes of a file beside the page. The error says what went wrong.
pub async fn bytes(url: &str) -> Result<Vec<u8>, String> {
    let asked = match web_sys::window() {
        Some(window) => window.fetch_with_str(url),
        None => js_sys::global().dyn_into::<WorkerGlobalScope>().map_err(|_| "there is no window")?.fetch_with_str(url),
    };
    let offline = |_| "the site can't be reached".to_owned();
    let response = JsFuture::from(asked).await.map_err(offline)?;
    let response: Response = response.dyn_into().map_err(|_| "no answer".to_owned())?;
    if !response.ok() {
        return Err(format!("the site answered {}", response.status()));
    }
    let buffer = response.array_buffer().map_err(offline)?;
    Ok(js_sys::Uint8Array::new(&JsFuture::from(buffer).await.map_err(offline)?).to_vec())
}
