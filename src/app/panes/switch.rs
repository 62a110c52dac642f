//! Which pane a smaller screen shows. A wide one shows them all, and not this.

use yew::prelude::*;

use crate::app::hooks::{use_arrange, use_layout, use_rendering};
use crate::app::layout::{Arrange, EditorPane, Fold, Narrow};

/// The switch between panes.
#[component]
pub fn Switch() -> Html {
    let (rendering, layout) = (use_rendering(), use_layout());
    let arrange = use_arrange();
    let count = rendering.shown.problems().len();
    let problems = if count == 0 { "Problems".to_owned() } else { format!("Problems {count}") };
    let is_both = layout.narrow == Narrow::Both;
    let item = |label: &str, is_current: bool, class: &'static str, arrangement: Arrange| {
        let arrange = arrange.clone();
        let onclick = Callback::from(move |_: MouseEvent| arrange.dispatch(arrangement.clone()));
        let current = if is_current { "true" } else { "false" };
        html! { <button type="button" {class} aria-current={current} {onclick}>{ label.to_owned() }</button> }
    };
    html! {
        <nav class="switch" aria-label="Panes">
            { item("Values", is_both && layout.editor == EditorPane::Values, "switch-editor", Arrange::Editor(EditorPane::Values)) }
            { item("Template", is_both && layout.editor == EditorPane::Template, "switch-editor", Arrange::Editor(EditorPane::Template)) }
            { item("Rendered", !is_both, "switch-narrow", Arrange::OutputAlone) }
            { item(&problems, layout.problems == Fold::Open, "switch-narrow", Arrange::Problems(layout.problems.other())) }
        </nav>
    }
}
