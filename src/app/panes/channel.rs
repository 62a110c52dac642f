//! The course between input and output: from the line of the value over the template's to that of the output, drawn in
//! the channel and never over text. What it says the card says in words.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;
use yew::prelude::*;

use crate::app::dom::course;
use crate::app::hooks::{use_layout, use_pinning, use_rendering, use_workspace};

/// When it is drawn after something has changed, in milliseconds: editors take their time to open a file and to scroll.
const MOMENTS: [u32; 3] = [0, 80, 300];

/// The lines of what is pinned, or of what is pointed at.
#[component]
pub fn Channel() -> Html {
    let (pinning, layout, rendering, workspace) = (use_pinning(), use_layout(), use_rendering(), use_workspace());
    use_effect_with((pinning, layout, rendering.shown.round, workspace), |_| {
        let timeouts = MOMENTS.map(|moment| Timeout::new(moment, course::draw));
        move || drop(timeouts)
    });
    use_effect_with((), |()| {
        let listeners = listeners();
        move || drop(listeners)
    });
    html! {
        <svg class="course" aria-hidden="true"><path class="course-line" /></svg>
    }
}

/// Whatever moves lines: scrolling, the window, the splitter, keys.
fn listeners() -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    let on = |name: &'static str| EventListener::new_with_options(&window, name, options, |_| course::draw());
    let dragged = EventListener::new_with_options(&window, "pointermove", options, |event| {
        let is_drag = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.buttons() != 0);
        if is_drag {
            course::draw();
        }
    });
    vec![on("scroll"), on("resize"), on("pointerup"), on("keyup"), dragged]
}
