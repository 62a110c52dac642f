//! Draws the course: from a line of the values over one of the template to a word of the output, by their places on the
//! screen. What is out of view has none.

use web_sys::{DomRect, Element};

/// How round its corners are.
const ROUND: f64 = 4.0;

/// Draws it anew, or nothing where nothing is linked.
pub fn draw() {
    // A page that is being taken down has no course.
    let _ = drawn();
}

fn drawn() -> Option<()> {
    let document = web_sys::window()?.document()?;
    let course = document.query_selector(".course").ok()??;
    let line = course.query_selector(".course-line").ok()??;
    let around = course.get_bounding_client_rect();
    let is_hovered = document.query_selector(".cm-hoveredLine, .line-hovered").ok()?.is_some();
    let (edited, printed) =
        if is_hovered { (".cm-hoveredLine", ".hovered-own") } else { (".cm-linkedLine", ".linked-pinned") };
    let find = |pane: &str, scroller: &str, what: &str| -> Option<f64> {
        let scroller = document.query_selector(&format!("[data-pane='{pane}'] {scroller}")).ok()??;
        middle(&scroller, &scroller.query_selector(what).ok()??).map(|y| y - around.top())
    };
    let places = [find("values", ".cm-scroller", edited), find("template", ".cm-scroller", edited)];
    let output = find("output", ".output-scroll", printed);
    let path = path(places, output, around.width());
    line.set_attribute("d", &path).ok()
}

/// The middle of an element, if it is in view.
fn middle(scroller: &Element, element: &Element) -> Option<f64> {
    let (view, own): (DomRect, DomRect) = (scroller.get_bounding_client_rect(), element.get_bounding_client_rect());
    let middle = f64::midpoint(own.top(), own.bottom());
    (own.height() > 0.0 && middle > view.top() && middle < view.bottom()).then_some(middle)
}

/// From the values to the template in one lane, from there to the output in another.
fn path([value, template]: [Option<f64>; 2], output: Option<f64>, width: f64) -> String {
    let (near, far) = (width * 0.4, width * 0.7);
    let mut path = String::new();
    if let (Some(value), Some(template)) = (value, template) {
        path.push_str(&turned((0.0, value), near, (0.0, template)));
    }
    if let (Some(input), Some(output)) = (template.or(value), output) {
        path.push_str(&turned((0.0, input), far, (width, output)));
    }
    path
}

/// A line with square turns: along the first height to the lane, along the lane, and along the other height.
fn turned((x, y): (f64, f64), lane: f64, (to_x, to_y): (f64, f64)) -> String {
    let round = ROUND.min((to_y - y).abs() / 2.0);
    let down = round * (to_y - y).signum();
    let (before, behind) = (lane - round, lane + round * (to_x - lane).signum());
    format!(
        "M{x:.1} {y:.1}H{before:.1}Q{lane:.1} {y:.1} {lane:.1} {:.1}V{:.1}Q{lane:.1} {to_y:.1} {behind:.1} {to_y:.1}H{to_x:.1}",
        y + down,
        to_y - down
    )
}
