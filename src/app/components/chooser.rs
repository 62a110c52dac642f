//! A native menu under a face of our own: what is shown is not what the menu calls it.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// By which it is known.
    pub value: AttrValue,
    /// What the menu calls it.
    pub label: AttrValue,
    /// The group it is in; empty for none.
    pub group: AttrValue,
}

/// The chooser's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChooserProps {
    /// What is chosen here, for screen readers.
    pub label: AttrValue,
    /// What is there to choose from. Choices of one group stand together.
    pub choices: Vec<Choice>,
    /// The value chosen; none where it is nothing of these.
    pub chosen: Option<AttrValue>,
    /// Something was chosen.
    pub on_choose: Callback<AttrValue>,
    /// The face.
    pub children: Html,
}

/// A chooser.
#[component]
pub fn Chooser(props: &ChooserProps) -> Html {
    let menu = use_node_ref();
    let onchange = {
        let (on_choose, chosen) = (props.on_choose.clone(), props.chosen.clone().unwrap_or_default());
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let wanted = select.value();
            // The browser has moved its menu by itself; what is chosen is what the page says, once it says so.
            select.set_value(&chosen);
            on_choose.emit(wanted.into());
        })
    };
    {
        let menu = menu.clone();
        let chosen = props.chosen.clone().unwrap_or_default();
        let count = props.choices.len();
        use_effect_with((chosen, count), move |(chosen, _)| {
            if let Some(select) = menu.cast::<HtmlSelectElement>() {
                select.set_value(chosen);
            }
        });
    }
    let option = |choice: &Choice| {
        let selected = props.chosen.as_ref() == Some(&choice.value);
        html! { <option value={choice.value.clone()} {selected}>{ &choice.label }</option> }
    };
    let none = props.chosen.is_none().then(|| html! { <option value="" selected=true disabled=true hidden=true /> });
    let groups = props.choices.chunk_by(|a, b| a.group == b.group).map(|group| {
        let options = group.iter().map(option);
        match group.first().map(|choice| choice.group.clone()).filter(|name| !name.is_empty()) {
            Some(name) => html! { <optgroup label={name}>{ for options }</optgroup> },
            None => html! { <>{ for options }</> },
        }
    });
    html! {
        <span class="chooser">
            <span class="chooser-face" aria-hidden="true">{ props.children.clone() }<span class="chooser-arrow" /></span>
            <select ref={menu} aria-label={props.label.clone()} {onchange}>
                { none }
                { for groups }
            </select>
        </span>
    }
}
