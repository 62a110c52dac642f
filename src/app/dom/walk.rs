//! Walking the output by keyboard: line by line and word by word, be its lines drawn each for itself or in blocks.
//!
//! In a block no line is an element of its own; one element, the cursor, is laid over the line that is meant.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node};

use super::focus::Way;
use super::point::Pointed;

/// The height of a document's heading, which may cover a line.
const HEADING: f64 = 28.0;

/// Where the focus is in the output: the line, and the word if one was walked to.
pub fn focused() -> Option<Pointed> {
    let line = focused_line(&web_sys::window()?.document()?)?;
    let unit = line.get_attribute("data-unit").and_then(|unit| unit.parse().ok()).unwrap_or(0);
    Some(Pointed { line: number(&line)?, unit })
}

/// Moves the focus to the next line of the output, or to the first that is in view. What is to be read out, where the
/// focus alone doesn't say it.
pub fn step_line(way: Way) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let scroller = document.query_selector(".output-scroll").ok()??;
    if let Some(cursor) = scroller.query_selector(".line-cursor:not([hidden])").ok()? {
        return step_cursor(&scroller, &cursor.dyn_into().ok()?, way);
    }
    let lines = scroller.query_selector_all(".line").ok()?;
    let line = |at: u32| lines.item(at)?.dyn_into::<HtmlElement>().ok();
    let active = document.active_element()?;
    let here = (0..lines.length()).find(|at| line(*at).is_some_and(|line| line.is_same_node(Some(&active))));
    let top = scroller.get_bounding_client_rect().top() + HEADING;
    let next = match (here, way) {
        (Some(here), Way::Forth) => (here + 1).min(lines.length().saturating_sub(1)),
        (Some(here), Way::Back) => here.saturating_sub(1),
        (None, _) => {
            (0..lines.length()).find(|at| line(*at).is_some_and(|line| line.get_bounding_client_rect().top() >= top))?
        }
    };
    let next = line(next)?;
    next.remove_attribute("data-unit").ok()?;
    next.focus().ok()?;
    None
}

/// Moves to the next word of the line, selects it, and gives it back.
pub fn step_word(way: Way) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let line = focused_line(&document)?;
    let (code, before, text) = text_of(&line)?;
    let at: Option<u32> = line.get_attribute("data-unit").and_then(|unit| unit.parse().ok());
    let words = words(&text);
    let next = match (at, way) {
        (None, Way::Forth) => words.first(),
        (None, Way::Back) => words.last(),
        (Some(at), Way::Forth) => words.iter().find(|(start, _)| *start > at),
        (Some(at), Way::Back) => words.iter().rev().find(|(start, _)| *start < at),
    };
    let (start, word) = next?;
    line.set_attribute("data-unit", &start.to_string()).ok()?;
    let end = start + units(word);
    let ((from, from_at), (to, to_at)) = (node_at(&code, before + start)?, node_at(&code, before + end)?);
    let selection = web_sys::window()?.get_selection().ok()??;
    selection.set_base_and_extent(&from, from_at, &to, to_at).ok()?;
    Some((*word).to_owned())
}

/// The line, or the cursor over a line, that has the focus.
fn focused_line(document: &Document) -> Option<Element> {
    document.active_element()?.closest(".output-scroll .line, .line-cursor").ok()?
}

fn number(line: &Element) -> Option<u32> {
    let own = line.get_attribute("data-number");
    let inside = || line.query_selector("[data-number]").ok()??.get_attribute("data-number");
    own.or_else(inside)?.parse().ok()
}

/// Lays the cursor over another line.
fn step_cursor(scroller: &Element, cursor: &HtmlElement, way: Way) -> Option<String> {
    let blocks = scroller.query_selector_all(".lines-block").ok()?;
    let blocks: Vec<Block> = (0..blocks.length()).filter_map(|at| Block::of(blocks.item(at)?)).collect();
    let here = if cursor.class_name().contains("line-cursor-on") { number(cursor) } else { None };
    let next = match (here, way) {
        (Some(here), Way::Forth) => blocks.iter().find_map(|block| block.from(here + 1))?,
        (Some(here), Way::Back) => blocks.iter().rev().find_map(|block| block.until(here.checked_sub(1)?))?,
        (None, _) => in_view(scroller, &blocks)?,
    };
    let block = blocks.iter().find(|block| block.has(next))?;
    let (top, height) = block.place(next);
    cursor.set_class_name("line-cursor line-cursor-on");
    cursor.set_attribute("data-number", &next.to_string()).ok()?;
    cursor.remove_attribute("data-unit").ok()?;
    cursor.style().set_property("top", &format!("{top}px")).ok()?;
    cursor.style().set_property("height", &format!("{height}px")).ok()?;
    let text = block.line(next)?;
    cursor.set_attribute("aria-label", &format!("{next} {}", text.trim())).ok()?;
    cursor.focus().ok()?;
    cursor.scroll_into_view_with_bool(false);
    Some(text.trim().to_owned())
}

/// The first line that is in view.
fn in_view(scroller: &Element, blocks: &[Block]) -> Option<u32> {
    let top = f64::from(scroller.scroll_top()) + HEADING;
    let all = blocks.iter().flat_map(|block| block.first..block.first + block.lines);
    let place = |line: &u32| blocks.iter().find(|block| block.has(*line)).map(|block| block.place(*line).0);
    all.into_iter().find(|line| place(line).is_some_and(|at| at >= top))
}

/// A document that is drawn in one.
struct Block {
    element: HtmlElement,
    first: u32,
    lines: u32,
}

impl Block {
    fn of(node: Node) -> Option<Self> {
        let element: HtmlElement = node.dyn_into().ok()?;
        let first = element.get_attribute("data-first")?.parse().ok()?;
        let numbers = element.query_selector(".line-numbers").ok()??.text_content()?;
        Some(Self { element, first, lines: u32::try_from(numbers.lines().count()).ok()? })
    }

    fn has(&self, line: u32) -> bool {
        (self.first..self.first + self.lines).contains(&line)
    }

    /// The first line of it that is not before this one.
    fn from(&self, line: u32) -> Option<u32> {
        let line = line.max(self.first);
        self.has(line).then_some(line)
    }

    /// The last line of it that is not behind this one.
    fn until(&self, line: u32) -> Option<u32> {
        let line = line.min((self.first + self.lines).checked_sub(1)?);
        self.has(line).then_some(line)
    }

    /// Where a line begins in the scroller, and how high it is.
    fn place(&self, line: u32) -> (f64, f64) {
        let height = f64::from(self.element.offset_height()) / f64::from(self.lines.max(1));
        (f64::from(self.element.offset_top()) + height * f64::from(line - self.first), height)
    }

    fn line(&self, line: u32) -> Option<String> {
        let text = self.element.query_selector("code").ok()??.text_content()?;
        text.lines().nth(usize::try_from(line - self.first).ok()?).map(str::to_owned)
    }
}

/// The code that a line is in, the UTF-16 units before it there, and its text.
fn text_of(line: &Element) -> Option<(Element, u32, String)> {
    if let Some(code) = line.query_selector("code").ok()? {
        let text = code.text_content()?;
        return Some((code, 0, text));
    }
    let wanted = number(line)?;
    let blocks = line.closest(".output-scroll").ok()??.query_selector_all(".lines-block").ok()?;
    let block = (0..blocks.length()).filter_map(|at| Block::of(blocks.item(at)?)).find(|block| block.has(wanted))?;
    let code = block.element.query_selector("code").ok()??;
    let text = code.text_content()?;
    let above = usize::try_from(wanted - block.first).ok()?;
    let before: u32 = text.split_inclusive('\n').take(above).map(units).sum();
    let own = text.lines().nth(above)?.to_owned();
    Some((code, before, own))
}

/// The words of a line, each with the UTF-16 units before it.
fn words(text: &str) -> Vec<(u32, &str)> {
    let is_end = |c: char| c.is_whitespace() || "\"'`,[]{}()".contains(c);
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(is_end) {
        let bare = word.trim_end_matches(is_end);
        if !bare.is_empty() {
            words.push((at, bare));
        }
        at += units(word);
    }
    words
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The text node that holds a place, and the place in it.
fn node_at(root: &Node, unit: u32) -> Option<(Node, u32)> {
    if root.node_type() == Node::TEXT_NODE {
        return Some((root.clone(), unit));
    }
    let children = root.child_nodes();
    let mut left = unit;
    for child in (0..children.length()).filter_map(|at| children.item(at)) {
        let length = units(&child.text_content().unwrap_or_default());
        if left <= length && length > 0 {
            return node_at(&child, left);
        }
        left = left.saturating_sub(length);
    }
    None
}
