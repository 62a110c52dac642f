//! What is different from the baseline, as a plain difference of two texts.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::hooks::{use_asker, use_changes, use_rendering, use_workspace};
use crate::workspace::{LineChange, Question, Reply};

/// The difference.
#[component]
pub fn TextChanges() -> Html {
    let (asker, rendering, changes) = (use_asker(), use_rendering(), use_changes());
    let lines = use_state(|| None::<Rc<[LineChange]>>);
    {
        let setter = lines.setter();
        let baseline = Rc::clone(&use_workspace().baseline);
        // The changes are told again after each rendering, and after each new baseline.
        use_effect_with((rendering.shown.now.clone(), changes, Rc::as_ptr(&baseline)), move |_| {
            asker.set_baseline(&baseline);
            let on_reply = Callback::from(move |reply| {
                if let Some(Reply::TextChanges(lines)) = reply {
                    setter.set(Some(lines.into()));
                }
            });
            asker.ask(Question::TextChanges, on_reply);
        });
    }
    let Some(lines) = &*lines else { return html! {} };
    if lines.is_empty() {
        return html! { <p class="pane-empty">{ "The two outputs are the same, line by line." }</p> };
    }
    html! {
        <pre class="text-changes" translate="no" tabindex="0" role="group" aria-label="Changes as text">{ for lines.iter().map(line) }</pre>
    }
}

fn line(line: &LineChange) -> Html {
    match line {
        LineChange::Same(text) => html! { <span>{ "  " }{ text }</span> },
        LineChange::Gone(text) => html! { <del>{ "- " }{ text }</del> },
        LineChange::New(text) => html! { <ins>{ "+ " }{ text }</ins> },
        LineChange::Skipped(1) => html! { <span class="text-changes-alike">{ "  1 line alike" }</span> },
        LineChange::Skipped(count) => {
            html! { <span class="text-changes-alike">{ format!("  {count} lines alike") }</span> }
        }
    }
}
