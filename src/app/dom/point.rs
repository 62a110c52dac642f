//! Which text of the output somebody points at.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent, Node};

/// A place in the lines of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// The number of the line that the text begins with.
    pub line: u32,
    /// UTF-16 units from the beginning of that line.
    pub unit: u32,
}

/// Where the caret is after a click. `None` where text is selected, or where the click was on no line.
pub fn caret() -> Option<Pointed> {
    let selection = web_sys::window()?.get_selection().ok()??;
    if !selection.is_collapsed() {
        return None;
    }
    pointed(&selection.anchor_node()?, selection.anchor_offset())
}

fn pointed(node: &Node, offset: u32) -> Option<Pointed> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let holder = element.closest(".line, .lines-block").ok()??;
    let code = holder.query_selector("code").ok()??;
    let number = holder.get_attribute("data-first").or_else(|| {
        let number = holder.query_selector("[data-number]").ok()??;
        number.get_attribute("data-number")
    })?;
    let is_text = node.node_type() == Node::TEXT_NODE;
    let inside = if is_text { offset } else { 0 };
    let before = if code.contains(Some(node)) { units_before(&code, node) + inside } else { 0 };
    Some(Pointed { line: number.parse().ok()?, unit: before })
}

/// Where a pointer is. `None` where it is on no line.
pub fn under(event: &MouseEvent) -> Option<Pointed> {
    let document: JsValue = web_sys::window()?.document()?.into();
    let (x, y) = (event.client_x().into(), event.client_y().into());
    // The newer name, and the one that browsers had before.
    let names =
        [("caretPositionFromPoint", "offsetNode", "offset"), ("caretRangeFromPoint", "startContainer", "startOffset")];
    let (found, node, offset) = names.into_iter().find_map(|(name, node, offset)| {
        let function: Function = Reflect::get(&document, &name.into()).ok()?.dyn_into().ok()?;
        let found = function.call2(&document, &x, &y).ok()?;
        Some((found, node, offset))
    })?;
    let node: Node = Reflect::get(&found, &node.into()).ok()?.dyn_into().ok()?;
    let offset = Reflect::get(&found, &offset.into()).ok()?.as_f64()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pointed(&node, offset as u32)
}

/// UTF-16 units of the text in `root` that stands before a node in it.
fn units_before(root: &Node, node: &Node) -> u32 {
    let mut units = 0;
    let mut at = node.clone();
    while !at.is_same_node(Some(root)) {
        let mut before = at.previous_sibling();
        while let Some(sibling) = before {
            let text = sibling.text_content().unwrap_or_default();
            units += u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
            before = sibling.previous_sibling();
        }
        match at.parent_node() {
            Some(parent) => at = parent,
            None => break,
        }
    }
    units
}

/// The height of a document's heading, which may cover a line.
const HEADING: f64 = 28.0;

/// Brings the pinned word of the output into view, a third down, if it isn't in view.
pub fn show_pinned() {
    let show = || -> Option<()> {
        let document = web_sys::window()?.document()?;
        let scroller = document.query_selector(".output-scroll").ok()??;
        let pinned = scroller.query_selector(".linked-pinned").ok()??;
        let (around, inside) = (scroller.get_bounding_client_rect(), pinned.get_bounding_client_rect());
        if inside.top() < around.top() + HEADING || inside.bottom() > around.bottom() {
            let shift = inside.top() - around.top() - around.height() / 3.0;
            #[allow(clippy::cast_possible_truncation)]
            scroller.set_scroll_top(scroller.scroll_top() + shift as i32);
        }
        Some(())
    };
    // Without an output there is nothing to show.
    let _ = show();
}
