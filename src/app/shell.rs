//! The shell: where the panes are. How they fit a screen is the style sheets' business.

use yew::prelude::*;

use super::components::Splitter;
use super::hooks::use_layout;
use super::layout::{Colours, EditorPane, Narrow};
use super::panes::{Bar, Channel, Dialogs, Output, Problems, Sheets, Strip, Switch, Template, Values};
use super::stage::Presenting;

/// The whole page.
#[component]
pub fn Shell() -> Html {
    let layout = use_layout();
    let editor = match layout.editor {
        EditorPane::Values => "values",
        EditorPane::Template => "template",
    };
    let narrow = match layout.narrow {
        Narrow::Both => "both",
        Narrow::Output => "output",
    };
    let colours = (layout.colours == Colours::All).then_some("all");
    let is_presented = layout.stage.presenting == Presenting::Yes;
    let text = (layout.stage.text != 0).then(|| layout.stage.text.to_string());
    html! {
        <div class={classes!("page", is_presented.then_some("presented"))} data-text={text} data-colours={colours}>
            <Bar />
            <Strip />
            <main class="panes" data-editor={editor} data-narrow={narrow}>
                <Switch />
                <Values />
                <Template />
                <Splitter label="Width of the editors" />
                <Channel />
                <Output />
            </main>
            <Problems />
            <Sheets />
            <Dialogs />
            <p class="said" role="status" aria-live="polite">{ layout.said.clone() }</p>
        </div>
    }
}
