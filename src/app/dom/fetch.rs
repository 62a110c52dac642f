//! Fetching files of the site.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The bytes of a file beside the page. The error says what went wrong.
pub async fn bytes(url: &str) -> Result<Vec<u8>, String> {
    let window = web_sys::window().ok_or("there is no window")?;
    let offline = |_| "the site can't be reached".to_owned();
    let response = JsFuture::from(window.fetch_with_str(url)).await.map_err(offline)?;
    let response: Response = response.dyn_into().map_err(|_| "no answer".to_owned())?;
    if !response.ok() {
        return Err(format!("the site answered {}", response.status()));
    }
    let buffer = response.array_buffer().map_err(offline)?;
    Ok(js_sys::Uint8Array::new(&JsFuture::from(buffer).await.map_err(offline)?).to_vec())
}
