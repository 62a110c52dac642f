//! What a rule says of itself: the same words as `chartroom rule ID`. The worker has them.

use yew::prelude::*;

use crate::app::components::Words;
use crate::app::hooks::{use_asker, use_rendering};
use crate::workspace::{Question, Reply, RuleText};

/// The props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RuleWordsProps {
    /// The rule's id.
    pub id: String,
}

/// What the rule of this name finds, why that matters and what to do, with its examples.
#[component]
pub fn RuleWords(props: &RuleWordsProps) -> Html {
    let texts = use_rule_texts(Question::Rule(props.id.clone()));
    html! { <>{ for texts.iter().map(rule_words) }</> }
}

/// What the rules say that are asked for: nothing until the worker has answered.
#[hook]
pub fn use_rule_texts(question: Question) -> UseStateHandle<Vec<RuleText>> {
    let (asker, rendering) = (use_asker(), use_rendering());
    let texts = use_state(Vec::new);
    // Where nobody answered, the next rendering is a reason to ask again.
    let is_wanted = texts.is_empty().then_some(rendering.shown.round);
    let setter = texts.setter();
    use_effect_with((question, is_wanted), move |(question, is_wanted)| {
        let on_reply = Callback::from(move |reply| {
            if let Some(Reply::Rules(texts)) = reply {
                setter.set(texts);
            }
        });
        if is_wanted.is_some() {
            asker.ask(question.clone(), on_reply);
        }
    });
    texts
}

/// A rule's words.
pub fn rule_words(rule: &RuleText) -> Html {
    let paragraph = |title: &'static str, text: &str| {
        html! { <><dt>{ title }</dt><dd><Words text={text.to_owned()} /></dd></> }
    };
    let example = |title: &'static str, text: &str| {
        html! { <figure><figcaption>{ title }</figcaption><pre translate="no">{ text }</pre></figure> }
    };
    html! {
        <div class="rule-words" data-rule={rule.id.clone()}>
            <dl>
                { paragraph("What it finds", &rule.what) }
                { paragraph("Why it matters", &rule.why) }
                { paragraph("What to do", &rule.fix) }
            </dl>
            <details class="rule-examples">
                <summary>{ "Examples" }</summary>
                { example("Bad", &rule.bad) }
                { example("Good", &rule.good) }
            </details>
        </div>
    }
}
