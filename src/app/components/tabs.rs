//! Tabs, as the pattern of the ARIA practices has them: one Tab stop, arrows between them.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// By which it is known.
    pub value: AttrValue,
    /// What it says.
    pub label: AttrValue,
    /// A number or word behind it, in quieter ink.
    pub extra: AttrValue,
    /// What it says when one points at it.
    pub title: AttrValue,
}

/// When a tab that has got the focus is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// At once.
    OnFocus,
    /// With Enter or a click.
    OnEnter,
}

/// The props of tabs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TabsProps {
    /// What they are tabs of.
    pub label: AttrValue,
    /// The id of the element that shows what is chosen.
    pub panel: AttrValue,
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// The one chosen.
    pub chosen: AttrValue,
    /// When a tab is chosen.
    pub activation: Activation,
    /// A tab was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// A row of tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let row = use_node_ref();
    {
        // The chosen tab is in view, also in a row that is too long.
        let row = row.clone();
        use_effect_with((props.chosen.clone(), props.tabs.len()), move |_| {
            let chosen = row.cast::<HtmlElement>().and_then(|row| row.query_selector("[aria-selected=true]").ok()?);
            if let (Some(row), Some(tab)) = (row.cast::<HtmlElement>(), chosen.and_then(|tab| tab.dyn_into().ok())) {
                bring_into_view(&row, &tab);
            }
        });
    }
    let tab = |(at, tab): (usize, &Tab)| {
        let is_chosen = tab.value == props.chosen;
        let onclick = {
            let (on_choose, value) = (props.on_choose.clone(), tab.value.clone());
            Callback::from(move |_: MouseEvent| on_choose.emit(value.clone()))
        };
        let onkeydown = {
            let (row, props) = (row.clone(), props.clone());
            Callback::from(move |event: KeyboardEvent| walk(&props, &row, at, &event))
        };
        html! {
            <button key={tab.value.as_str()} type="button" role="tab" class="tab" {onclick} {onkeydown}
                aria-selected={if is_chosen { "true" } else { "false" }} aria-controls={props.panel.clone()}
                tabindex={if is_chosen { "0" } else { "-1" }} title={(!tab.title.is_empty()).then(|| tab.title.clone())}>
                { &tab.label }
                if !tab.extra.is_empty() {
                    <span class="tab-extra">{ &tab.extra }</span>
                }
            </button>
        }
    };
    html! {
        <div ref={row.clone()} class="tabs" role="tablist" aria-label={props.label.clone()}>
            { for props.tabs.iter().enumerate().map(tab) }
        </div>
    }
}

fn walk(props: &TabsProps, row: &NodeRef, at: usize, event: &KeyboardEvent) {
    let last = props.tabs.len().saturating_sub(1);
    let next = match event.key().as_str() {
        "ArrowRight" if at == last => 0,
        "ArrowRight" => at + 1,
        "ArrowLeft" if at == 0 => last,
        "ArrowLeft" => at - 1,
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    let found = row.cast::<HtmlElement>().and_then(|row| row.children().item(u32::try_from(next).ok()?));
    if let Some(tab) = found.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        let _ = tab.focus();
    }
    if let (Activation::OnFocus, Some(tab)) = (props.activation, props.tabs.get(next)) {
        props.on_choose.emit(tab.value.clone());
    }
}

fn bring_into_view(row: &HtmlElement, tab: &HtmlElement) {
    let (start, end) =
        (tab.offset_left() - row.offset_left(), tab.offset_left() - row.offset_left() + tab.offset_width());
    if start < row.scroll_left() {
        row.set_scroll_left(start);
    } else if end > row.scroll_left() + row.client_width() {
        row.set_scroll_left(end - row.client_width());
    }
}
