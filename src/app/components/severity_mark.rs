//! How bad something is: as a shape, a word and a colour, for no one of the three reaches everybody.

use yew::prelude::*;

use crate::source::Severity;

/// The mark's props.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SeverityMarkProps {
    /// How bad.
    pub severity: Severity,
    /// The words beside the shape, such as `2 warnings`.
    pub words: AttrValue,
}

/// Shape and words.
#[component]
pub fn SeverityMark(props: &SeverityMarkProps) -> Html {
    let shape = match props.severity {
        Severity::Error => "●",
        Severity::Warning => "▲",
        Severity::Note => "■",
    };
    html! {
        <span class={classes!("severity", format!("severity-{}", props.severity.word()))}>
            <span class="severity-shape" aria-hidden="true">{ shape }</span>{ &props.words }
        </span>
    }
}
