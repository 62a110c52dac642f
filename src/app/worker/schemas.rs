//! The schemas of Kubernetes: a file beside the page, which the worker fetches.

use web_sys::Url;

use super::glue;
use crate::app::dom::fetch;

/// Where they are, beside the Wasm.
const FILE: &str = "schemas/kubernetes.txt";

/// The text of the file; `None` where it can't be had.
pub(super) async fn fetched() -> Option<String> {
    let address = Url::new_with_base(&format!("{FILE}?{VERSION:x}"), &glue::address()).ok()?;
    String::from_utf8(fetch::bytes(&address.href()).await.ok()?).ok()
}

/// Stands in the address, so that no cache gives an older file than the one that belongs to this Wasm.
const VERSION: u64 = version(include_bytes!("../../../static/schemas/kubernetes.txt"));

/// FNV-1a. It is worked out when the page is built; the file itself is not in the Wasm.
#[allow(clippy::indexing_slicing)] // `for` can't be used in constants.
const fn version(bytes: &[u8]) -> u64 {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x100_0000_01b3);
        at += 1;
    }
    hash
}
