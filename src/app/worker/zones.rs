//! The database of time zones: a file beside the page, which the worker fetches when a template asks for a zone.

use std::cell::Cell;

use web_sys::Url;

use super::glue;
use crate::app::dom::fetch;
use crate::value::time::zones;

/// Where it is, beside the Wasm.
const FILE: &str = "zones/zones.bin";

/// Stands in the address, so that no cache gives an older file than the one that belongs to this Wasm.
const LENGTH: usize = include_bytes!("../../../static/zones/zones.bin").len();

thread_local! {
    static IS_FETCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether somebody asked for a zone, and nobody fetches them yet.
pub(super) fn are_wanted() -> bool {
    zones::are_wanted() && !IS_FETCHING.replace(true)
}

/// Fetches them.
pub(super) async fn fetch() {
    let address = Url::new_with_base(&format!("{FILE}?{LENGTH}"), &glue::address()).ok();
    let file = match address {
        Some(address) => fetch::bytes(&address.href()).await.ok(),
        None => None,
    };
    zones::supply(file);
}
