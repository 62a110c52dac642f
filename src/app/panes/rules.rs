//! The rules of the linter, to be looked up.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::problems::word;
use super::rule_words::{rule_words, use_rule_texts};
use crate::app::components::SeverityMark;
use crate::workspace::{Question, RuleText};

/// All rules, by name.
#[component]
pub fn Rules() -> Html {
    let wanted = use_state_eq(String::new);
    let chosen = use_state_eq(|| None::<String>);
    let rules = use_rule_texts(Question::Rules);
    let oninput = {
        let wanted = wanted.setter();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            wanted.set(field.value().to_lowercase());
        })
    };
    let fits =
        |rule: &&RuleText| rule.id.contains(wanted.as_str()) || rule.title.to_lowercase().contains(wanted.as_str());
    let found: Vec<&RuleText> = rules.iter().filter(fits).collect();
    let row = |rule: &&RuleText| {
        let is_open = chosen.as_ref() == Some(&rule.id);
        let onclick = {
            let (chosen, id) = (chosen.setter(), rule.id.clone());
            Callback::from(move |_: MouseEvent| chosen.set(Some(id.clone()).filter(|_| !is_open)))
        };
        let off = rule.is_off.then_some(", off unless it is switched on");
        html! {
            <li key={rule.id.clone()}>
                <button type="button" class="rules-rule" aria-expanded={if is_open { "true" } else { "false" }} {onclick}>
                    <SeverityMark severity={rule.severity} words={word(rule.severity)} />
                    <code>{ &rule.id }</code>
                    <span>{ &rule.title }{ off }</span>
                </button>
                if is_open {
                    { rule_words(rule) }
                }
            </li>
        }
    };
    html! {
        <div class="rules">
            <h2>{ "Rules" }</h2>
            <label class="rules-search">{ "Find a rule " }<input type="search" {oninput} value={(*wanted).clone()} /></label>
            <p class="rules-count">{ format!("{} of {} rules", found.len(), rules.len()) }</p>
            <ul class="rules-list" tabindex="0" aria-label="Rules">{ for found.iter().map(row) }</ul>
        </div>
    }
}
