//! Floor 8. The page: Yew components over the workspace, and the worker that renders. The only floor that knows a
//! browser.
//!
//! Three contexts by rate of change: the workspace ([`store`]), what was found out about it ([`effects::render`]), and
//! how the page is laid out ([`layout`]). Panes read them through [`hooks`]; components take props only. What reaches
//! out of the page (address, clipboard, worker, keyboard) is in `effects`; single calls of the DOM are in `dom`.

pub mod components;
mod dom;
pub mod effects;
pub mod hooks;
pub mod layout;
mod page;
pub mod panes;
pub mod shell;
pub mod stage;
pub mod store;
mod worker;

pub use page::{Page, Start};

/// Starts whatever this Wasm was loaded for: the page, or the worker.
pub fn start() {
    console_error_panic_hook::set_once();
    match worker::scope() {
        Some(scope) => worker::serve(&scope),
        None => page::mount(),
    }
}

/// Starts the worker, where this Wasm is only that.
pub fn start_worker() {
    console_error_panic_hook::set_once();
    if let Some(scope) = worker::scope() {
        worker::serve(&scope);
    }
}
