//! A word in the bar that can be written over.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The field's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FieldProps {
    /// Its name, for screen readers and tests.
    pub label: AttrValue,
    /// The word before it; empty where the one before says enough.
    pub word: AttrValue,
    /// What it holds.
    pub value: AttrValue,
    /// What holds where it is empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// What may be chosen from.
    #[prop_or_default]
    pub suggestions: &'static [&'static str],
    /// It holds something else now.
    pub on_change: Callback<AttrValue>,
}

/// A field.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let oninput = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            on_change.emit(input.value().into());
        })
    };
    let shown = if props.value.is_empty() { &props.placeholder } else { &props.value };
    let size = shown.chars().count().clamp(3, 24).to_string();
    let id = format!("field-{}", props.label.to_lowercase().replace(' ', "-"));
    let list = (!props.suggestions.is_empty()).then(|| format!("{id}-list"));
    let options = list.clone().map(|id| {
        html! { <datalist {id}>{ for props.suggestions.iter().map(|value| html! { <option value={*value} /> }) }</datalist> }
    });
    html! {
        <span class="field">
            if !props.word.is_empty() {
                <label for={id.clone()}>{ &props.word }</label>
            }
            <input {id} {list} {size} type="text" aria-label={props.label.clone()} value={props.value.clone()}
                placeholder={props.placeholder.clone()} maxlength="253" autocomplete="off" autocapitalize="off"
                spellcheck="false" {oninput} />
            { options }
        </span>
    }
}
