//! A field with a list below it, from which the arrows choose: commands, files, what was found.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub label: AttrValue,
    /// What is said behind it: a folder, a line.
    pub extra: AttrValue,
    /// The keys that do the same.
    pub keys: AttrValue,
}

/// The palette's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PaletteProps {
    /// What is looked for.
    pub label: AttrValue,
    /// What was written so far.
    pub query: AttrValue,
    /// What fits it.
    pub items: Rc<[Item]>,
    /// What is said where nothing fits.
    pub nothing: AttrValue,
    /// Something else was written.
    pub on_query: Callback<AttrValue>,
    /// The item at this place was chosen.
    pub on_choose: Callback<usize>,
}

/// A palette.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let at = use_state(|| 0_usize);
    let list = use_node_ref();
    let count = props.items.len();
    let here = (*at).min(count.saturating_sub(1));
    {
        let list = list.clone();
        use_effect_with((here, props.items.clone()), move |_| show_chosen(&list));
    }
    let oninput = {
        let (on_query, at) = (props.on_query.clone(), at.setter());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            at.set(0);
            on_query.emit(input.value().into());
        })
    };
    let onkeydown = {
        let (on_choose, at) = (props.on_choose.clone(), at.setter());
        Callback::from(move |event: KeyboardEvent| {
            let last = count.saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => at.set(if here == last { 0 } else { here + 1 }),
                "ArrowUp" => at.set(if here == 0 { last } else { here - 1 }),
                "PageDown" => at.set((here + PAGE).min(last)),
                "PageUp" => at.set(here.saturating_sub(PAGE)),
                "Enter" if count > 0 && !event.is_composing() => on_choose.emit(here),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let option = |(at, item): (usize, &Item)| {
        let on_choose = props.on_choose.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_choose.emit(at));
        html! {
            <li key={at} id={format!("palette-{at}")} role="option" aria-selected={if at == here { "true" } else { "false" }} {onclick}>
                <span class="palette-label">{ &item.label }</span>
                if !item.extra.is_empty() { <span class="palette-extra">{ &item.extra }</span> }
                if !item.keys.is_empty() { <kbd>{ &item.keys }</kbd> }
            </li>
        }
    };
    let active = (count > 0).then(|| format!("palette-{here}"));
    html! {
        <div class="palette">
            <input type="text" role="combobox" aria-label={props.label.clone()} placeholder={props.label.clone()} aria-expanded="true"
                aria-controls="palette-list" aria-activedescendant={active} aria-autocomplete="list" autocomplete="off" autocapitalize="off"
                spellcheck="false" value={props.query.clone()} {oninput} {onkeydown} />
            <ul ref={list} id="palette-list" role="listbox" aria-label={props.label.clone()}>{ for props.items.iter().enumerate().map(option) }</ul>
            if count == 0 && !props.nothing.is_empty() {
                <p class="palette-nothing">{ &props.nothing }</p>
            }
        </div>
    }
}

/// How far Page Down goes.
const PAGE: usize = 8;

/// The chosen item stays in view.
fn show_chosen(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let chosen = list.query_selector("[aria-selected=true]").ok().flatten();
    let Some(item) = chosen.and_then(|item| item.dyn_into::<HtmlElement>().ok()) else { return };
    let (top, bottom) =
        (item.offset_top() - list.offset_top(), item.offset_top() - list.offset_top() + item.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}
