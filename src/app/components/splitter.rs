//! The channel between input and output: it parts the page, and can be moved with pointer and keys.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The splitter's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SplitterProps {
    /// What it parts, for screen readers.
    pub label: AttrValue,
}

const FIRST: f64 = 48.0;
const LEAST: f64 = 20.0;
const MOST: f64 = 80.0;
const STEP: f64 = 2.0;

/// A splitter. It moves its parent's custom property `--split`, in percent.
#[component]
pub fn Splitter(props: &SplitterProps) -> Html {
    let bar = use_node_ref();
    let split = use_state(|| FIRST);
    {
        // Through the style object: the page's policy allows no style attributes.
        let bar = bar.clone();
        use_effect_with(*split, move |split| {
            let parent = bar.cast::<Element>().and_then(|bar| bar.parent_element());
            if let Some(parent) = parent.and_then(|parent| parent.dyn_into::<HtmlElement>().ok()) {
                let _ = parent.style().set_property("--split", &format!("{split}%"));
            }
        });
    }
    let to = {
        let split = split.clone();
        move |percent: f64| split.set(percent.clamp(LEAST, MOST))
    };
    let onkeydown = {
        let (to, now) = (to.clone(), *split);
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowLeft" => to(now - STEP),
                "ArrowRight" => to(now + STEP),
                "Home" => to(LEAST),
                "End" => to(MOST),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onpointerdown = Callback::from(|event: PointerEvent| {
        let bar: Element = event.target_unchecked_into();
        // A pointer that is gone by now can't be held.
        let _ = bar.set_pointer_capture(event.pointer_id());
    });
    let onpointermove = {
        let to = to.clone();
        Callback::from(move |event: PointerEvent| {
            let bar: Element = event.target_unchecked_into();
            if !bar.has_pointer_capture(event.pointer_id()) {
                return;
            }
            if let Some(parent) = bar.parent_element().map(|parent| parent.get_bounding_client_rect()) {
                to((f64::from(event.client_x()) - parent.left()) / parent.width() * 100.0);
            }
        })
    };
    let ondblclick = Callback::from(move |_: MouseEvent| to(FIRST));
    html! {
        <div ref={bar} class="splitter" role="separator" aria-orientation="vertical" aria-label={props.label.clone()} tabindex="0"
            aria-valuemin="20" aria-valuemax="80" aria-valuenow={format!("{:.0}", *split)}
            {onkeydown} {onpointerdown} {onpointermove} {ondblclick} />
    }
}
