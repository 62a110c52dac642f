//! The shell: where the panes are. How they fit a screen is the style sheets' business.

use yew::prelude::*;

use super::components::Splitter;
use super::hooks::use_layout;
use super::layout::{EditorPane, Narrow};
use super::panes::{Bar, Output, Problems, Sheets, Strip, Switch, Template, Values};

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
    html! {
        <div class="page">
            <Bar />
            <Strip />
            <main class="panes" data-editor={editor} data-narrow={narrow}>
                <Switch />
                <Values />
                <Template />
                <Splitter label="Width of the editors" />
                <Output />
            </main>
            <Problems />
            <Sheets />
            <p class="said" role="status" aria-live="polite">{ layout.said.clone() }</p>
        </div>
    }
}
