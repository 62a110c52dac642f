//! The rules of the linter, to be looked up.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::problems::word;
use super::rule_words::RuleWords;
use crate::app::components::SeverityMark;
use crate::lint::{Activation, RULES, Rule};

/// All rules, by name.
#[component]
pub fn Rules() -> Html {
    let wanted = use_state_eq(String::new);
    let chosen = use_state_eq(|| None::<&'static str>);
    let oninput = {
        let wanted = wanted.setter();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            wanted.set(field.value().to_lowercase());
        })
    };
    let fits = |rule: &&&'static Rule| {
        rule.id.contains(wanted.as_str()) || rule.title.to_lowercase().contains(wanted.as_str())
    };
    let found: Vec<&'static Rule> = RULES.iter().filter(fits).copied().collect();
    let row = |rule: &&'static Rule| {
        let (id, is_open) = (rule.id, *chosen == Some(rule.id));
        let onclick = {
            let chosen = chosen.setter();
            Callback::from(move |_: MouseEvent| chosen.set(Some(id).filter(|_| !is_open)))
        };
        let off = (rule.activation == Activation::Off).then_some(", off unless it is switched on");
        html! {
            <li key={id}>
                <button type="button" class="rules-rule" aria-expanded={if is_open { "true" } else { "false" }} {onclick}>
                    <SeverityMark severity={rule.severity} words={word(rule.severity)} />
                    <code>{ id }</code>
                    <span>{ rule.title }{ off }</span>
                </button>
                if is_open {
                    <RuleWords id={id} />
                }
            </li>
        }
    };
    html! {
        <div class="rules">
            <h2>{ "Rules" }</h2>
            <label class="rules-search">{ "Find a rule " }<input type="search" {oninput} value={(*wanted).clone()} /></label>
            <p class="rules-count">{ format!("{} of {} rules", found.len(), RULES.len()) }</p>
            <ul class="rules-list" tabindex="0" aria-label="Rules">{ for found.iter().map(row) }</ul>
        </div>
    }
}
