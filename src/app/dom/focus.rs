//! The keyboard's focus, and the ring of panes that F6 walks.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// Which way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the next one.
    Forth,
    /// To the one before.
    Back,
}

/// What bears this attribute is a pane of the ring.
pub const PANE: &str = "data-pane";

/// Moves the focus into the next pane that is to be seen.
pub fn next_pane(way: Way) {
    let Some(document) = document() else { return };
    let panes: Vec<HtmlElement> = all(&document, &format!("[{PANE}]")).into_iter().filter(is_seen).collect();
    let active = document.active_element();
    // The innermost, where a pane is in another.
    let here = panes.iter().rposition(|pane| pane.contains(active.as_deref()));
    let next = match (here, way) {
        (None, Way::Forth) => 0,
        (None, Way::Back) => panes.len().saturating_sub(1),
        (Some(here), Way::Forth) => (here + 1) % panes.len(),
        (Some(here), Way::Back) => (here + panes.len() - 1) % panes.len(),
    };
    if let Some(pane) = panes.get(next) {
        enter(pane);
    }
}

/// Moves the focus to the first element that fits.
pub fn to(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus into a pane as soon as it is drawn.
pub fn soon_to_pane(pane: &'static str) {
    let enter = move || {
        let found = document().and_then(|document| document.query_selector(&format!("[{PANE}={pane}]")).ok().flatten());
        if let Some(pane) = found.and_then(|pane| pane.dyn_into().ok()) {
            enter(&pane);
        }
    };
    Timeout::new(0, enter).forget();
}

/// Brings an element into view as soon as it is drawn, and moves the focus there.
pub fn soon_to_view(selector: String) {
    let show = move || {
        let found = document().and_then(|document| document.query_selector(&selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            element.scroll_into_view();
            let _ = element.focus();
        }
    };
    Timeout::new(0, show).forget();
}

/// A pane is entered at its text, else at its first control.
fn enter(pane: &HtmlElement) {
    const TEXT: &str = ".cm-content, textarea, [tabindex='0']:not(button)";
    const CONTROL: &str = "select, input, button, a[href]";
    let found = [TEXT, CONTROL].iter().find_map(|selector| first_seen(pane, selector));
    if let Some(element) = found {
        let _ = element.focus();
    }
}

fn first_seen(pane: &Element, selector: &str) -> Option<HtmlElement> {
    let list = pane.query_selector_all(selector).ok()?;
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into::<HtmlElement>().ok()).find(is_seen)
}

fn all(document: &Document, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = document.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

fn is_seen(element: &HtmlElement) -> bool {
    element.offset_parent().is_some() || element.offset_height() > 0
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
