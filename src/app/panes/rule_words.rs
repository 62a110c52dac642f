//! What a rule says of itself: the same words as `chartroom rule ID`.

use yew::prelude::*;

use crate::app::components::Words;
use crate::lint;

/// The props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RuleWordsProps {
    /// The rule's id.
    pub id: String,
}

/// What it finds, why that matters and what to do, with its examples.
#[component]
pub fn RuleWords(props: &RuleWordsProps) -> Html {
    let Some(rule) = lint::rule(&props.id) else { return html! {} };
    let paragraph = |title: &'static str, text: &'static str| {
        html! { <><dt>{ title }</dt><dd><Words text={text} /></dd></> }
    };
    let example = |title: &'static str, text: &'static str| {
        html! { <figure><figcaption>{ title }</figcaption><pre translate="no">{ text }</pre></figure> }
    };
    html! {
        <div class="rule-words" data-rule={rule.id}>
            <dl>
                { paragraph("What it finds", rule.docs.what) }
                { paragraph("Why it matters", rule.docs.why) }
                { paragraph("What to do", rule.docs.fix) }
            </dl>
            <details class="rule-examples">
                <summary>{ "Examples" }</summary>
                { example("Bad", rule.bad) }
                { example("Good", rule.good) }
            </details>
        </div>
    }
}
